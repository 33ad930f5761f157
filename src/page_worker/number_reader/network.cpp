// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/network.h"

#include <ggml-alloc.h>
#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace emend {

namespace {

using Context = std::unique_ptr<ggml_context, decltype(&ggml_free)>;
using Allocator =
    std::unique_ptr<std::remove_pointer_t<ggml_gallocr_t>, decltype(&ggml_gallocr_free)>;

constexpr std::size_t kMostNodes = 512;
constexpr std::size_t kMostBlocks = 8;
constexpr std::int64_t kTaps = 3;  // of every convolution, in each direction
// Nine taps of one channel are an odd number for the fast product of matrices, which takes eight at
// a time: the first convolution gets rows of zeros around its weights, which change nothing.
constexpr std::int64_t kRowsOfFirst = 8;

// How many pixels of each direction become one after each convolution over pixels.
struct Pool {
  int across;
  int down;
};
constexpr std::array<Pool, 4> kPools = {Pool{2, 2}, Pool{2, 2}, Pool{1, 2}, Pool{1, 2}};
constexpr std::int64_t kFeatureRows = 2;  // of the 32 of a crop, after all of them

struct Layer {
  ggml_tensor* weight = nullptr;
  ggml_tensor* bias = nullptr;
};

struct ResidualBlock {
  Layer first;
  Layer second;
  int dilation = 1;
};

struct ReaderParts {
  std::array<Layer, kPools.size()> pixels;
  Layer columns;
  std::vector<ResidualBlock> blocks;
  Layer scores;
};

// Takes the tensors out of the file, in the order of the network, so that each is as wide as the
// one before it says.
class Assembly {
 public:
  Assembly(const ReaderFile& file, ggml_context* context) : file_(file), context_(context) {}

  // `shape` of the weights, with 0 for the number of outputs, which is free; returns it.
  Result<std::int64_t> add(const std::string& name, std::vector<std::int64_t> shape, Layer& layer) {
    const auto weight = file_.tensors.find(name + ".weight");
    const auto bias = file_.tensors.find(name + ".bias");
    if (weight == file_.tensors.end() || bias == file_.tensors.end()) {
      return damaged_reader("it lacks " + name);
    }
    const std::size_t last = shape.size() - 1;
    const std::int64_t outputs = weight->second.shape.at(last);
    shape[last] = outputs;
    shape.resize(weight->second.shape.size(), 1);
    const std::array<std::int64_t, 4> flat = {outputs, 1, 1, 1};
    const bool fits = std::equal(shape.begin(), shape.end(), weight->second.shape.begin()) &&
                      bias->second.shape == flat;
    if (!fits) return damaged_reader(name + " has another shape than the network");
    layer.weight = shape[0] == kTaps && shape[1] == kTaps && shape[2] == 1
                       ? with_rows_of_zeros(weight->second)
                       : tensor(weight->second);
    layer.bias = tensor(bias->second);
    return outputs;
  }

 private:
  ggml_tensor* tensor(const Weights& weights) {
    ggml_tensor* made = ggml_new_tensor(
        context_, GGML_TYPE_F32, static_cast<int>(weights.shape.size()), weights.shape.data());
    std::memcpy(made->data, weights.values.data(), ggml_nbytes(made));
    return made;
  }

  ggml_tensor* with_rows_of_zeros(const Weights& weights) {
    constexpr std::int64_t kBefore = (kRowsOfFirst - kTaps + 1) / 2;  // so that the middle stays
    ggml_tensor* made =
        ggml_new_tensor_4d(context_, GGML_TYPE_F32, kTaps, kRowsOfFirst, 1, weights.shape[3]);
    std::memset(made->data, 0, ggml_nbytes(made));
    constexpr std::int64_t kOfOne = kTaps * kTaps;
    auto* to = static_cast<float*>(made->data) + kBefore * kTaps;
    for (const float* from = weights.values.data();
         from != weights.values.data() + weights.values.size(); from += kOfOne) {
      std::copy_n(from, kOfOne, to);
      to += kTaps * kRowsOfFirst;
    }
    return made;
  }

  const ReaderFile& file_;
  ggml_context* context_;
};

// [a, b, c ...] -> [a, b * c ...]
ggml_tensor* as_matrix(ggml_context* context, ggml_tensor* tensor, std::int64_t depth) {
  return ggml_reshape_2d(context, tensor, depth, ggml_nelements(tensor) / depth);
}

// [width, height, channels] -> [width / across, height / down, outputs]. The largest of each pool
// is taken before bias and ReLU, which keep the order, so that these have less to do.
ggml_tensor* convolved(ggml_context* context, ggml_tensor* input, const Layer& layer, Pool pool) {
  const std::int64_t outputs = layer.weight->ne[3];
  const auto beside = static_cast<int>(layer.weight->ne[0] / 2);
  const auto above = static_cast<int>(layer.weight->ne[1] / 2);
  ggml_tensor* taps = ggml_im2col(context, layer.weight, input, 1, 1, beside, above, 1, 1, true,
                                  GGML_TYPE_F32);
  ggml_tensor* sum = ggml_mul_mat(context, as_matrix(context, taps, taps->ne[0]),
                                  as_matrix(context, layer.weight, taps->ne[0]));
  sum = ggml_reshape_3d(context, sum, taps->ne[1], taps->ne[2], outputs);
  sum = ggml_pool_2d(context, sum, GGML_OP_POOL_MAX, pool.across, pool.down, pool.across, pool.down,
                     0, 0);
  sum = ggml_add_inplace(context, sum, ggml_reshape_3d(context, layer.bias, 1, 1, outputs));
  return ggml_relu_inplace(context, sum);
}

// [columns, channels] -> [columns, outputs]. The fast product of matrices wants a multiple of four
// of its first one, which the outputs are and the columns are not.
ggml_tensor* convolved(ggml_context* context, ggml_tensor* input, const Layer& layer,
                       int dilation) {
  ggml_tensor* taps = ggml_im2col(context, layer.weight, input, 1, 0, dilation, 0, dilation, 0,
                                  false, GGML_TYPE_F32);
  ggml_tensor* sum = ggml_mul_mat(context, as_matrix(context, layer.weight, taps->ne[0]),
                                  as_matrix(context, taps, taps->ne[0]));
  sum = ggml_add_inplace(context, sum, layer.bias);
  return ggml_cont(context, ggml_transpose(context, sum));
}

Result<void> build(Assembly& assembly, const ReaderFile& file, ReaderParts& parts) {
  std::int64_t width = 1;
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape, Layer& layer) {
    return assembly.add(name, std::move(shape), layer).map([&](std::int64_t out) { width = out; });
  };
  for (std::size_t i = 0; i < parts.pixels.size(); ++i) {
    auto added = add("conv" + std::to_string(i + 1), {kTaps, kTaps, width, 0}, parts.pixels.at(i));
    if (!added) return added;
  }
  auto added = add("seq1", {kTaps, width * kFeatureRows, 0}, parts.columns);
  for (std::size_t i = 1; added && i <= kMostBlocks; ++i) {
    const std::string name = "res" + std::to_string(i);
    if (!file.tensors.contains(name + ".a.weight")) break;
    ResidualBlock block{.dilation = 1 << (i - 1)};
    const std::int64_t before = width;
    added = add(name + ".a", {kTaps, width, 0}, block.first);
    if (added) added = add(name + ".b", {kTaps, width, 0}, block.second);
    if (added && width != before)
      return damaged_reader(name + " is not as wide as what it adds to");
    parts.blocks.push_back(block);
  }
  if (added) added = add("out", {width, 0}, parts.scores);
  if (!added) return added;
  constexpr std::size_t kOfLayer = 2;  // weights and bias
  const std::size_t layers = parts.pixels.size() + 2 * parts.blocks.size() + 2;
  if (file.tensors.size() != kOfLayer * layers) {
    return damaged_reader("it has tensors that are none of the network's");
  }
  const auto classes = static_cast<std::int64_t>(file.alphabet.size()) + 1;
  if (width != classes)
    return damaged_reader("its alphabet has not as many signs as it has classes");
  return {};
}

// [classes, columns]
ggml_tensor* scores_of(ggml_context* context, ggml_tensor* input, const ReaderParts& parts) {
  ggml_tensor* x = input;
  for (std::size_t i = 0; i < parts.pixels.size(); ++i) {
    x = convolved(context, x, parts.pixels.at(i), kPools.at(i));
  }
  x = ggml_reshape_2d(context, x, x->ne[0], x->ne[1] * x->ne[2]);
  x = ggml_relu_inplace(context, convolved(context, x, parts.columns, 1));
  for (const ResidualBlock& block : parts.blocks) {
    ggml_tensor* inner =
        ggml_relu_inplace(context, convolved(context, x, block.first, block.dilation));
    x = ggml_add(context, x, convolved(context, inner, block.second, block.dilation));
  }
  x = ggml_cont(context, ggml_transpose(context, x));
  return ggml_add_inplace(context, ggml_mul_mat(context, parts.scores.weight, x),
                          parts.scores.bias);
}

}  // namespace

struct ReaderNetwork::State : ReaderParts {
  std::vector<std::uint8_t> weight_memory;
  Context weights{nullptr, &ggml_free};
  Allocator allocator{nullptr, &ggml_gallocr_free};
  std::vector<std::uint8_t> graph_memory;
  std::vector<std::uint8_t> work;
};

void let_engine_end_at_once() {
  ggml_set_abort_callback([](const char* /*words*/) { std::abort(); });
  std::set_terminate(&std::abort);
}

ReaderNetwork::ReaderNetwork(std::unique_ptr<State> state) : state_(std::move(state)) {}
ReaderNetwork::ReaderNetwork(ReaderNetwork&&) noexcept = default;
ReaderNetwork& ReaderNetwork::operator=(ReaderNetwork&&) noexcept = default;
ReaderNetwork::~ReaderNetwork() = default;

Result<ReaderNetwork> ReaderNetwork::create(const ReaderFile& file) {
  ggml_cpu_init();
  auto state = std::make_unique<State>();
  std::size_t bytes = 0;
  for (const auto& [name, weights] : file.tensors) {
    bytes += 2 * weights.values.size() * sizeof(float) + 2 * ggml_tensor_overhead();
  }
  state->weight_memory.resize(bytes);
  state->weights.reset(ggml_init({.mem_size = state->weight_memory.size(),
                                  .mem_buffer = state->weight_memory.data(),
                                  .no_alloc = false}));
  Assembly assembly(file, state->weights.get());
  if (auto built = build(assembly, file, *state); !built) {
    return tl::unexpected(std::move(built.error()));
  }
  state->allocator.reset(ggml_gallocr_new(ggml_backend_cpu_buffer_type()));
  state->graph_memory.resize(kMostNodes * ggml_tensor_overhead() +
                             ggml_graph_overhead_custom(kMostNodes, false));
  return ReaderNetwork(std::move(state));
}

Result<LogProbabilities> ReaderNetwork::run(const InkCrop& crop) {
  State& state = *state_;
  const Context context(ggml_init({.mem_size = state.graph_memory.size(),
                                   .mem_buffer = state.graph_memory.data(),
                                   .no_alloc = true}),
                        &ggml_free);
  ggml_tensor* input = ggml_new_tensor_3d(context.get(), GGML_TYPE_F32, crop.width, kCropHeight, 1);
  ggml_set_input(input);
  ggml_tensor* output = scores_of(context.get(), input, state);
  ggml_set_output(output);
  ggml_cgraph* graph = ggml_new_graph_custom(context.get(), kMostNodes, false);
  ggml_build_forward_expand(graph, output);
  const auto no_memory = [] {
    return fail(ErrorCode::limit_exceeded, "not enough memory to read a number once more");
  };
  if (!ggml_gallocr_alloc_graph(state.allocator.get(), graph)) return no_memory();
  std::memcpy(input->data, crop.ink.data(), ggml_nbytes(input));
  ggml_cplan plan = ggml_graph_plan(graph, 1, nullptr);
  if (state.work.size() < plan.work_size) state.work.resize(plan.work_size);
  plan.work_data = state.work.data();
  if (ggml_graph_compute(graph, &plan) != GGML_STATUS_SUCCESS) return no_memory();
  const auto classes = static_cast<std::size_t>(output->ne[0]);
  const auto steps = static_cast<std::size_t>(output->ne[1]);
  return ln_softmax(steps, classes, {static_cast<const float*>(output->data), steps * classes});
}

}  // namespace emend
