// WeftPlatform
