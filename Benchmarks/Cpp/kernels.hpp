// The kernels in C++, over any `Backend` that can run a loop: see tbb.cpp and threads.cpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

/// xorshift32; Benchmarks/README.md defines the inputs.
struct Random {
  uint32_t state = 0x12345678;

  uint32_t next() {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
  }
  double fraction() { return next() / 4294967296.0; }
  double shortFraction() { return (next() >> 12) / 1048576.0; }
};

template <class T> uint32_t hashOf(const T *values, size_t count) {
  auto bytes = reinterpret_cast<const uint8_t *>(values);
  uint32_t hash = 0x811c9dc5;
  for (size_t i = 0; i < count * sizeof(T); i++) hash = (hash ^ bytes[i]) * 0x01000193;
  return hash;
}

struct Kernel {
  virtual ~Kernel() = default;
  /// Not timed: puts the input back that a run has changed.
  virtual void reset() {}
  virtual void sequential(size_t repetition) = 0;
  virtual void parallel(size_t repetition) = 0;
  virtual uint32_t hash() const = 0;
};

template <class Backend> struct Fibonacci : Kernel {
  uint32_t n, result = 0;

  explicit Fibonacci(size_t size) : n(size) {}
  // Volatile keeps the compiler from turning one of the calls into a loop.
  static uint32_t plain(uint32_t n) {
    if (n < 2) return n;
    volatile uint32_t a = plain(n - 1);
    return a + plain(n - 2);
  }
  static uint32_t forking(uint32_t n) {
    if (n < 2) return n;
    uint32_t a, b;
    Backend::invoke([&] { a = forking(n - 1); }, [&] { b = forking(n - 2); });
    return a + b;
  }
  void sequential(size_t) override { result = plain(n); }
  void parallel(size_t) override { result = forking(n); }
  uint32_t hash() const override { return hashOf(&result, 1); }
};

template <class Backend> struct Sum : Kernel {
  std::vector<double> values;
  double result = 0;

  explicit Sum(size_t size) : values(size) {
    Random random;
    for (auto &value : values) value = random.shortFraction();
  }
  double part(size_t from, size_t to) const {
    double sum = 0;
    for (size_t i = from; i < to; i++) sum += values[i];
    return sum;
  }
  void sequential(size_t) override { result = part(0, values.size()); }
  void parallel(size_t) override {
    result = Backend::sum(values.size(), [this](size_t from, size_t to) { return part(from, to); });
  }
  uint32_t hash() const override { return hashOf(&result, 1); }
};

template <class Backend> struct ForEach : Kernel {
  std::vector<uint32_t> values;

  explicit ForEach(size_t size) : values(size) {}
  void reset() override {
    Random random;
    for (auto &value : values) value = random.next();
  }
  void step(size_t from, size_t to) {
    for (size_t i = from; i < to; i++) values[i] = values[i] * 1664525 + 1013904223;
  }
  void sequential(size_t) override { step(0, values.size()); }
  void parallel(size_t) override {
    Backend::loop(values.size(), [this](size_t from, size_t to) { step(from, to); });
  }
  uint32_t hash() const override { return hashOf(values.data(), values.size()); }
};

/// Kernels that compute rows of a result that do not depend on each other.
template <class Backend> struct Rows : Kernel {
  size_t count = 0;
  virtual void rows(size_t from, size_t to) = 0;
  void sequential(size_t) override { rows(0, count); }
  void parallel(size_t) override {
    Backend::loop(count, [this](size_t from, size_t to) { rows(from, to); });
  }
};

template <class Backend> struct Mandelbrot : Rows<Backend> {
  size_t width = 1, height;
  std::vector<uint32_t> image;

  explicit Mandelbrot(size_t size) : image(size) {
    while (width * width < size) width *= 2;
    this->count = height = size / width;
  }
  void rows(size_t from, size_t to) override {
    for (size_t y = from; y < to; y++) {
      double ci = -1.25 + 2.5 * double(y) / double(height);
      for (size_t x = 0; x < width; x++) {
        double cr = -2.5 + 3.5 * double(x) / double(width), zr = 0, zi = 0;
        uint32_t iteration = 0;
        while (iteration < 256) {
          double r2 = zr * zr, i2 = zi * zi;
          if (r2 + i2 > 4) break;
          zi = 2 * zr * zi + ci;
          zr = r2 - i2 + cr;
          iteration++;
        }
        image[y * width + x] = iteration;
      }
    }
  }
  uint32_t hash() const override { return hashOf(image.data(), image.size()); }
};

template <class Backend> struct Blur : Rows<Backend> {
  int width = 1, height;
  std::vector<uint8_t> source, image;

  explicit Blur(size_t size) : source(size * 4), image(size * 4) {
    while (size_t(width) * width < size) width *= 2;
    this->count = height = size / width;
    Random random;
    for (auto &byte : source) byte = random.next();
  }
  void rows(size_t from, size_t to) override {
    const int radius = 4, pixels = (2 * radius + 1) * (2 * radius + 1);
    for (int y = from; y < int(to); y++) {
      for (int x = 0; x < width; x++) {
        uint32_t sums[4] = {0, 0, 0, 0};
        for (int dy = -radius; dy <= radius; dy++) {
          const uint8_t *line = &source[std::clamp(y + dy, 0, height - 1) * width * 4];
          for (int dx = -radius; dx <= radius; dx++) {
            const uint8_t *pixel = line + std::clamp(x + dx, 0, width - 1) * 4;
            for (int channel = 0; channel < 4; channel++) sums[channel] += pixel[channel];
          }
        }
        for (int channel = 0; channel < 4; channel++) image[(y * width + x) * 4 + channel] = sums[channel] / pixels;
      }
    }
  }
  uint32_t hash() const override { return hashOf(image.data(), image.size()); }
};

template <class Backend> struct MatrixProduct : Rows<Backend> {
  size_t n;
  std::vector<double> a, b, c;

  explicit MatrixProduct(size_t size) : n(std::sqrt(size)), a(n * n), b(n * n), c(n * n) {
    this->count = n;
    Random random;
    for (auto &element : a) element = random.fraction();
    for (auto &element : b) element = random.fraction();
  }
  void rows(size_t from, size_t to) override {
    for (size_t i = from; i < to; i++) {
      double *row = &c[i * n];
      std::fill(row, row + n, 0);
      for (size_t k = 0; k < n; k++) {
        double factor = a[i * n + k];
        const double *other = &b[k * n];
        for (size_t j = 0; j < n; j++) row[j] += factor * other[j];
      }
    }
  }
  uint32_t hash() const override { return hashOf(c.data(), c.size()); }
};

/// One step of bodies that attract each other.
template <class Backend> struct Bodies : Rows<Backend> {
  struct Body {
    double x, y, z, mass;
  };
  std::vector<Body> positions, velocities, moved;

  explicit Bodies(size_t size) : positions(size), velocities(size), moved(size) {
    this->count = size;
    Random random;
    for (auto &body : positions) {
      body.x = random.fraction();
      body.y = random.fraction();
      body.z = random.fraction();
      body.mass = random.fraction();
    }
  }
  void reset() override { std::fill(velocities.begin(), velocities.end(), Body{}); }
  void rows(size_t from, size_t to) override {
    const double dt = 1e-3;
    for (size_t i = from; i < to; i++) {
      Body p = positions[i], &v = velocities[i];
      double ax = 0, ay = 0, az = 0;
      for (const Body &q : positions) {
        double dx = q.x - p.x, dy = q.y - p.y, dz = q.z - p.z;
        double square = dx * dx + dy * dy + dz * dz + 1e-9;
        double force = q.mass * (1 / (square * std::sqrt(square)));
        ax += force * dx;
        ay += force * dy;
        az += force * dz;
      }
      v.x += ax * dt;
      v.y += ay * dt;
      v.z += az * dt;
      moved[i] = {p.x + v.x * dt, p.y + v.y * dt, p.z + v.z * dt, p.mass};
    }
  }
  uint32_t hash() const override { return hashOf(moved.data(), moved.size()); }
};

template <class Backend, class T> struct Sort : Kernel {
  size_t size;
  std::vector<T> input, values;

  static T element(Random &random) {
    if constexpr (sizeof(T) == 8) return random.fraction();
    return random.next();
  }
  Sort(size_t size, size_t repeats, int pattern) : size(size), input(size * repeats), values(size * repeats) {
    Random random;
    for (size_t index = 0; index < input.size(); index++) {
      size_t i = index % size;
      switch (pattern) {
      case 0: input[index] = element(random); break;
      case 1: input[index] = i; break;
      case 2: input[index] = size - i; break;
      case 3: input[index] = random.next() % 16; break;
      default: input[index] = std::min(i, size - i);
      }
    }
  }
  void reset() override { values = input; }
  void sequential(size_t repetition) override { std::sort(&values[repetition * size], &values[repetition * size] + size); }
  void parallel(size_t repetition) override { Backend::sort(&values[repetition * size], &values[repetition * size] + size); }
  uint32_t hash() const override { return hashOf(values.data(), size); }
};

/// Spice's benchmark; the nodes stand in one allocation in the order of a walk through the tree.
template <class Backend> struct TreeSum : Kernel {
  struct Node {
    int64_t value;
    const Node *left, *right;
  };
  std::vector<Node> nodes;
  int64_t result = 0;

  explicit TreeSum(size_t size) {
    nodes.reserve(size);
    add(0, size);
  }
  const Node *add(int64_t from, int64_t to) {
    if (from >= to) return nullptr;
    int64_t value = from + (to - from) / 2;
    nodes.push_back({value, nullptr, nullptr});
    Node *node = &nodes.back();
    node->left = add(from, value);
    node->right = add(value + 1, to);
    return node;
  }
  static int64_t plain(const Node *node) {
    int64_t sum = node->value;
    if (node->left) sum += plain(node->left);
    if (node->right) sum += plain(node->right);
    return sum;
  }
  static int64_t forking(const Node *node) {
    if (!node->left || !node->right) {
      const Node *child = node->left ? node->left : node->right;
      return node->value + (child ? forking(child) : 0);
    }
    int64_t left, right;
    Backend::invoke([&] { left = forking(node->left); }, [&] { right = forking(node->right); });
    return node->value + left + right;
  }
  void sequential(size_t) override { result = plain(nodes.data()); }
  void parallel(size_t) override { result = forking(nodes.data()); }
  uint32_t hash() const override { return hashOf(&result, 1); }
};

/// The numbers are the places in `KERNELS` of Compare/workloads.py.
template <class Backend> std::unique_ptr<Kernel> makeKernel(int kernel, size_t size, size_t repeats, int pattern) {
  switch (kernel) {
  case 2: return std::make_unique<Sum<Backend>>(size);
  case 3: return std::make_unique<ForEach<Backend>>(size);
  case 8: return std::make_unique<Mandelbrot<Backend>>(size);
  case 9: return std::make_unique<Blur<Backend>>(size);
  case 10: return std::make_unique<MatrixProduct<Backend>>(size);
  case 11: return std::make_unique<Bodies<Backend>>(size);
  }
  if constexpr (Backend::canFork) {
    switch (kernel) {
    case 1: return std::make_unique<Fibonacci<Backend>>(size);
    case 4: return std::make_unique<Sort<Backend, uint32_t>>(size, repeats, pattern);
    case 5: return std::make_unique<Sort<Backend, double>>(size, repeats, pattern);
    case 12: return std::make_unique<TreeSum<Backend>>(size);
    }
  }
  return nullptr;
}

struct Session {
  std::unique_ptr<Kernel> kernel;
  size_t repeats = 1;

  template <class Backend> bool load(int number, size_t size, size_t repeatCount, int pattern) {
    kernel = nullptr;
    repeats = repeatCount;
    kernel = makeKernel<Backend>(number, size, repeats, pattern);
    return kernel != nullptr;
  }
  void run(bool isParallel) {
    for (size_t repetition = 0; repetition < repeats; repetition++) {
      if (isParallel) kernel->parallel(repetition);
      else kernel->sequential(repetition);
    }
  }
};
