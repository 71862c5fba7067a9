@_exported import WeftJS
@_exported import WeftParallel
@_exported import WeftScheduler
@_exported import WeftThreads
// What threads are called.
@_exported import struct WeftPlatform.ThreadName
