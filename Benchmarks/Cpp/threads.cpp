// The kernels on threads of the C++ standard library, for Emscripten: each loop in as many parts as there are threads.
#include "kernels.hpp"

#include <condition_variable>
#include <emscripten.h>
#include <functional>
#include <mutex>
#include <thread>

namespace {

std::mutex mutex;
std::condition_variable changed;
std::function<void(size_t)> work;
size_t threads = 1, rounds = 0, running = 0;

void serve(size_t index) {
  size_t seen = 0;
  for (;;) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return rounds != seen; });
    seen = rounds;
    lock.unlock();
    work(index);
    lock.lock();
    if (--running == 0) changed.notify_all();
  }
}

struct Threads {
  static constexpr bool canFork = false;

  template <class Body> static void loop(size_t count, Body body) {
    {
      std::lock_guard lock(mutex);
      work = [&](size_t index) { body(count * index / threads, count * (index + 1) / threads); };
      running = threads - 1;
      rounds++;
    }
    changed.notify_all();
    work(0);
    std::unique_lock lock(mutex);
    changed.wait(lock, [] { return running == 0; });
  }
  template <class Body> static double sum(size_t count, Body body) {
    std::vector<double> sums(threads);
    loop(count, [&](size_t from, size_t to) { sums[from * threads / std::max<size_t>(count, 1)] += body(from, to); });
    double sum = 0;
    for (double part : sums) sum += part;
    return sum;
  }
};

Session session;

} // namespace

extern "C" {
EMSCRIPTEN_KEEPALIVE void start(int count) {
  threads = count;
  for (int index = 1; index < count; index++) std::thread(serve, index).detach();
}
EMSCRIPTEN_KEEPALIVE bool load(int kernel, int size, int repeats, int pattern) {
  return session.load<Threads>(kernel, size, repeats, pattern);
}
EMSCRIPTEN_KEEPALIVE void reset() { session.kernel->reset(); }
EMSCRIPTEN_KEEPALIVE void run(int isParallel) { session.run(isParallel); }
EMSCRIPTEN_KEEPALIVE uint32_t hash() { return session.kernel->hash(); }
}
