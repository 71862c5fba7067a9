// WeftParallel
