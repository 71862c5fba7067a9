// WeftThreads
