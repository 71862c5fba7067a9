// WeftJS
