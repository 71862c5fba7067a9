// WeftPackaging
