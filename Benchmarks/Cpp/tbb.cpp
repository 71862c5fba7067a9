// The kernels with oneTBB. `tbb THREADS` obeys lines on its standard input; Benchmarks/README.md has them.
#include "kernels.hpp"

#include <chrono>
#include <iostream>
#include <sstream>
#include <string>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tbb/parallel_sort.h>

struct TBB {
  static constexpr bool canFork = true;
  using Range = tbb::blocked_range<size_t>;

  template <class Body> static void loop(size_t count, Body body) {
    tbb::parallel_for(Range(0, count), [&](const Range &range) { body(range.begin(), range.end()); });
  }
  template <class Body> static double sum(size_t count, Body body) {
    return tbb::parallel_reduce(
        Range(0, count), 0.0, [&](const Range &range, double sum) { return sum + body(range.begin(), range.end()); },
        std::plus<double>());
  }
  template <class A, class B> static void invoke(A a, B b) { tbb::parallel_invoke(a, b); }
  template <class T> static void sort(T *first, T *last) { tbb::parallel_sort(first, last); }
};

int main(int, char **arguments) {
  tbb::global_control control(tbb::global_control::max_allowed_parallelism, std::stoi(arguments[1]));
  Session session;
  for (std::string line, command; std::getline(std::cin, line);) {
    std::istringstream words(line);
    words >> command;
    if (command == "load") {
      int kernel, pattern;
      size_t size, repeats;
      words >> kernel >> size >> repeats >> pattern;
      std::cout << session.load<TBB>(kernel, size, repeats, pattern) << std::endl;
    } else if (command == "run") {
      int isParallel;
      words >> isParallel;
      session.kernel->reset();
      auto start = std::chrono::steady_clock::now();
      session.run(isParallel);
      std::chrono::duration<double, std::milli> duration = std::chrono::steady_clock::now() - start;
      std::cout << duration.count() << std::endl;
    } else {
      std::cout << session.kernel->hash() << std::endl;
    }
  }
}
