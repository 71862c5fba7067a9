@_exported import WeftJS
@_exported import WeftParallel
@_exported import WeftScheduler
@_exported import WeftThreads
@_exported import WeftWorkers
