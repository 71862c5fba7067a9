#include "CWeftPlatform.h"

_Thread_local WeftThreadLocals weft_thread_locals;

#if defined(__wasm__)
uint8_t weft_fault_message[1024];
#endif
