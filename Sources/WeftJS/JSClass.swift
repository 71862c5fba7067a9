/// An object of a class, which JavaScript holds by a handle.
public enum _JSObject<Class: AnyObject>: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> Class {
    // JavaScript passes objects of this class only.
    let object = Unmanaged<Class>.fromOpaque(UnsafeRawPointer(bitPattern: reader.size()).unsafelyUnwrapped)
    return reader.ownsObjects ? object.takeRetainedValue() : object.takeUnretainedValue()
  }

  public static func _write(_ object: consuming Class, _ writer: inout _JSWriter) {
    // JavaScript lets go of it when its handle is disposed of or collected.
    writer.store(size: UInt(bitPattern: Unmanaged.passRetained(object).toOpaque()))
  }
}

/// Lets go of the object whose address stands in `frame`, for a handle that is no more.
public func _releaseObject(_ frame: UnsafeMutableRawPointer) { release(UInt(frame.load(as: Double.self))) }

/// A function's index in the function table, which a pointer to a C function is on the web.
public func _thunkIndex(_ thunk: @convention(c) (UnsafeMutableRawPointer) -> Void) -> Int32 {
  Int32(truncatingIfNeeded: unsafeBitCast(thunk, to: Int.self))
}
