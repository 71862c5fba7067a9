// A target of C needs a source.
#include "CWeftTesting.h"
