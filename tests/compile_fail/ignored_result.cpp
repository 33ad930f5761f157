// SPDX-License-Identifier: Apache-2.0
// A Result that nobody looks at.
#include "emend/ocr_engine.h"

int main() {
  emend::OcrEngine engine;
#ifdef MISUSE
  engine.load_image("scan.png");
#else
  if (!engine.load_image("scan.png")) return 1;
#endif
}
