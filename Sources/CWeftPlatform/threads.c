#include "CWeftPlatform.h"

_Thread_local WeftThreadLocals weft_thread_locals;

#if defined(__wasm__)
WeftFault weft_fault;
#endif
