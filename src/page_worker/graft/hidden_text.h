// SPDX-License-Identifier: Apache-2.0
// Takes the text out of a PDF page that is not drawn: the layer that an earlier reader left.
#pragma once

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "emend/error.h"
#include "page_worker/graft/stored_streams.h"

namespace emend {

// The contents of the page without the operators that show text in render mode 3, also in forms
// that the page draws; what is seen stays as it was, pixel for pixel. Other pages that share a form
// keep theirs. Whether there was such text; a page without is not touched. Throws what qpdf throws.
[[nodiscard]] Result<bool> remove_hidden_text(QPDF& pdf, QPDFPageObjectHelper page,
                                              StoredStreams& streams);

}  // namespace emend
