// The few lines that Swift cannot say: thread-locals, the wait and notify instructions, the system's futex,
// and calling a Swift closure by its two words. Everything else is Swift.
#pragma once

#include "closures.h"
#include "console.h"
#include "javascript.h"
#include "decimal.h"
#include "forget.h"
#include "futex.h"
#include "hints.h"
#include "jobs.h"
#include "mathematics.h"
#include "pages.h"
#include "pause.h"
#include "threads.h"
