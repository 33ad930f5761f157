// SPDX-License-Identifier: Apache-2.0
// A library to preload: Vulkan devices that have no more than EMEND_TEST_VULKAN_MIB to give. The
// software device grants more than it says it has, so running out of its memory has to be made.
//
// The backend asks for every function by name, so the two functions that answer such questions are
// stood in for, and through them the allocation of memory.
#include <dlfcn.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

namespace {

// The part of the Vulkan interface that is needed here, as its specification fixes it.
using Function = void (*)();
struct MemoryAllocateInfo {
  std::int32_t type;
  const void* next;
  std::uint64_t size;
  std::uint32_t memory_type;
};
constexpr std::int32_t kOutOfDeviceMemory = -2;

using GetProcAddr = Function (*)(void*, const char*);
using AllocateMemory = std::int32_t (*)(void*, const MemoryAllocateInfo*, const void*,
                                        std::uint64_t*);
using FreeMemory = void (*)(void*, std::uint64_t, const void*);

AllocateMemory real_allocate = nullptr;
FreeMemory real_free = nullptr;

std::mutex mutex;
std::map<std::uint64_t, std::uint64_t> sizes;
std::uint64_t taken = 0;

std::uint64_t cap() {
  const char* mib = std::getenv("EMEND_TEST_VULKAN_MIB");
  return mib != nullptr ? std::strtoull(mib, nullptr, 10) << 20U : UINT64_MAX;
}

std::int32_t allocate(void* device, const MemoryAllocateInfo* info, const void* allocator,
                      std::uint64_t* memory) {
  const std::lock_guard lock(mutex);
  if (taken + info->size > cap()) return kOutOfDeviceMemory;
  const std::int32_t result = real_allocate(device, info, allocator, memory);
  if (result == 0) {
    sizes[*memory] = info->size;
    taken += info->size;
  }
  return result;
}

void free_memory(void* device, std::uint64_t memory, const void* allocator) {
  const std::lock_guard lock(mutex);
  taken -= sizes[memory];
  sizes.erase(memory);
  real_free(device, memory, allocator);
}

Function replaced(const char* name, Function found) {
  if (found == nullptr) return found;
  if (std::strcmp(name, "vkAllocateMemory") == 0) {
    real_allocate = reinterpret_cast<AllocateMemory>(found);
    return reinterpret_cast<Function>(&allocate);
  }
  if (std::strcmp(name, "vkFreeMemory") == 0) {
    real_free = reinterpret_cast<FreeMemory>(found);
    return reinterpret_cast<Function>(&free_memory);
  }
  return found;
}

Function looked_up(const char* getter, void* object, const char* name) {
  // The backend and with it the true library are loaded later and in private, so RTLD_NEXT would
  // not find it.
  static void* const vulkan = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
  if (vulkan == nullptr) return nullptr;
  const auto next = reinterpret_cast<GetProcAddr>(dlsym(vulkan, getter));
  return next != nullptr ? replaced(name, next(object, name)) : nullptr;
}

}  // namespace

extern "C" {

Function vkGetInstanceProcAddr(void* instance, const char* name) {
  return looked_up("vkGetInstanceProcAddr", instance, name);
}

Function vkGetDeviceProcAddr(void* device, const char* name) {
  return looked_up("vkGetDeviceProcAddr", device, name);
}
}
