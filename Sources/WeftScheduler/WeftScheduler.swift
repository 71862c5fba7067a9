// WeftScheduler
