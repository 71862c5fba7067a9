import WeftPlatform

extension Dictionary where Key: Sendable, Value: Sendable {
  /// Makes a dictionary of the pairs of a parallel sequence, which must have different keys.
  ///
  /// - Precondition: No key occurs twice.
  /// - Complexity: O(*n*). The pairs are made on all threads.
  @inlinable @inline(__always)
  public init<Pairs: ParallelSequence>(uniqueKeysWithValues pairs: Pairs) where Pairs.Element == (Key, Value) {
    self.init(pairs) { _, _ in
      fail("Dictionary(uniqueKeysWithValues:): a key occurs twice; Dictionary(_:uniquingKeysWith:) combines its values")
    }
  }

  /// Makes a dictionary of the pairs of a parallel sequence.
  ///
  /// - Parameters:
  ///   - pairs: Keys and values. A key may occur any number of times.
  ///   - combine: An associative operation that combines the values of a key, in order.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public init<Pairs: ParallelSequence>(
    _ pairs: Pairs, uniquingKeysWith combine: @Sendable (Value, Value) -> Value
  ) where Pairs.Element == (Key, Value) {
    self = pairs.accumulate(
      into: [:],
      { dictionary, pair in
        dictionary[pair.0] = if let old = dictionary[pair.0] { combine(old, pair.1) } else { pair.1 }
      },
      { dictionary, others in
        // Not `merge`, which Embedded Swift cannot compile.
        for (key, value) in others {
          dictionary[key] = if let old = dictionary[key] { combine(old, value) } else { value }
        }
      })
  }

  /// Makes a dictionary of the elements with each key, in order.
  ///
  /// - Throws: An error of `keyForValue`; no further piece of the elements is begun then.
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public init<Elements: ParallelSequence, Failure: Error>(
    grouping elements: Elements, by keyForValue: @Sendable (Elements.Element) throws(Failure) -> Key
  ) throws(Failure) where Value == [Elements.Element] {
    self = try elements.accumulate(
      into: [:],
      { dictionary, element throws(Failure) in
        dictionary[try keyForValue(element), default: []].append(element)
      },
      { dictionary, others in
        for (key, elements) in others { dictionary[key, default: []] += elements }
      })
  }
}

extension Set where Element: Sendable {
  /// Makes a set of the elements of a parallel sequence.
  ///
  /// - Complexity: O(*n*), on all threads.
  @inlinable @inline(__always)
  public init<Elements: ParallelSequence>(_ elements: Elements) where Elements.Element == Element {
    self = elements.accumulate(into: [], { $0.insert($1) }, { $0.formUnion($1) })
  }
}

extension Array where Element: Sendable {
  /// Makes an array of the elements of a parallel sequence, as ``ParallelSequence/collect()`` does.
  @inlinable @inline(__always)
  public init<Elements: ParallelSequence>(_ elements: Elements) where Elements.Element == Element {
    self = elements.collect()
  }
}
