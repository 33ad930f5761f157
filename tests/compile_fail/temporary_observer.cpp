// SPDX-License-Identifier: Apache-2.0
// An observer that is borrowed for a run and would be lost with what it gathered.
#include "emend/run.h"

bool runs(const emend::Job& job) {
#ifdef MISUSE
  return emend::run(job, emend::Observer{}).has_value();
#else
  emend::Observer observer;
  return emend::run(job, observer).has_value();
#endif
}
