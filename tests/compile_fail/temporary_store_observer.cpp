// SPDX-License-Identifier: Apache-2.0
// An observer that a configuration keeps and that would be gone when it is told something.
#include "emend/ai.h"

emend::AIModelConfig config(emend::StoreObserver& observer) {
  emend::AIModelConfig config;
#ifdef MISUSE
  (void)observer;
  config.observer = &emend::StoreObserver{};
#else
  config.observer = &observer;
#endif
  return config;
}
