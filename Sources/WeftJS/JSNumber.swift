/// A value of a fixed size without anything behind it: a number or a `Bool`.
public protocol JSScalar: _JSCodec where Value == Self {
  /// How it is written.
  associatedtype Scalar: BitwiseCopyable
  /// The value as it is written.
  var _scalar: Scalar { get }
  /// The value that was written so.
  init(_scalar: Scalar)
}

extension JSScalar {
  public static func _read(_ reader: inout _JSReader) -> Self { Self(_scalar: reader.load(Scalar.self)) }
  public static func _write(_ value: consuming Self, _ writer: inout _JSWriter) { writer.store(value._scalar) }
}

extension Bool: JSScalar {
  @_documentation(visibility: internal) public typealias Value = Bool
  public var _scalar: UInt8 { self ? 1 : 0 }
  public init(_scalar: UInt8) { self = _scalar != 0 }
}

/// A number that is an element of a typed array in JavaScript.
public protocol JSNumber: JSScalar, BitwiseCopyable {}

extension JSNumber where Scalar == Self {
  public var _scalar: Self { self }
  public init(_scalar: Self) { self = _scalar }
}

extension Float: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Float
  public typealias Scalar = Float
}
extension Double: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Double
  public typealias Scalar = Double
}
extension Int8: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Int8
  public typealias Scalar = Int8
}
extension UInt8: JSNumber {
  @_documentation(visibility: internal) public typealias Value = UInt8
  public typealias Scalar = UInt8
}
extension Int16: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Int16
  public typealias Scalar = Int16
}
extension UInt16: JSNumber {
  @_documentation(visibility: internal) public typealias Value = UInt16
  public typealias Scalar = UInt16
}
extension Int32: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Int32
  public typealias Scalar = Int32
}
extension UInt32: JSNumber {
  @_documentation(visibility: internal) public typealias Value = UInt32
  public typealias Scalar = UInt32
}
extension Int64: JSNumber {
  @_documentation(visibility: internal) public typealias Value = Int64
  public typealias Scalar = Int64
}
extension UInt64: JSNumber {
  @_documentation(visibility: internal) public typealias Value = UInt64
  public typealias Scalar = UInt64
}

#if arch(wasm32) || arch(wasm64)
  // JavaScript has checked that it is a whole number that fits, whatever the size of an `Int`.
  extension Int: JSNumber {
    @_documentation(visibility: internal) public typealias Value = Int
    public var _scalar: Double { Double(self) }
    public init(_scalar: Double) { self = Int(_scalar) }
  }
  extension UInt: JSNumber {
    @_documentation(visibility: internal) public typealias Value = UInt
    public var _scalar: Double { Double(self) }
    public init(_scalar: Double) { self = UInt(_scalar) }
  }
#else
  // There is no JavaScript, but messages between isolated workers are written so too, and nothing of them is to be lost.
  extension Int: JSNumber {
    @_documentation(visibility: internal) public typealias Value = Int
    public typealias Scalar = Int
  }
  extension UInt: JSNumber {
    @_documentation(visibility: internal) public typealias Value = UInt
    public typealias Scalar = UInt
  }
#endif

/// An array of numbers, in its own memory.
public enum _JSNumbers<Element: JSNumber>: _JSCodec {
  /// JavaScript has had the array made, and filled it.
  public static func _read(_ reader: inout _JSReader) -> [Element] {
    let address = UnsafeRawPointer(bitPattern: reader.size())
    _ = reader.skip(12)
    guard let address else { return [] }
    let object = Unmanaged<ArrayStorage>.fromOpaque(address).takeRetainedValue()
    // An array is nothing but a reference to the object that holds its elements. This one was made for numbers of the same size;
    // objects for other plain types differ in nothing that is used.
    return unsafeBitCast(object, to: [Element].self)
  }

  /// JavaScript copies the elements out of the array, and then lets go of it.
  public static func _write(_ array: consuming [Element], _ writer: inout _JSWriter) {
    let bytes = array.count * MemoryLayout<Element>.stride
    writer.storeBlock(object: bytes == 0 ? 0 : retainStorage(of: array), bytes: bytes)
  }
}

/// The object that holds the elements of an array that is not empty, with one reference more.
func retainStorage<Element: BitwiseCopyable>(of array: [Element]) -> UInt {
  // An array is nothing but a reference to this object.
  UInt(bitPattern: Unmanaged.passRetained(unsafeBitCast(array, to: ArrayStorage.self)).toOpaque())
}

/// Stands for the class of the objects that hold arrays' elements, of which nothing but the count of references is used here.
final class ArrayStorage {}
