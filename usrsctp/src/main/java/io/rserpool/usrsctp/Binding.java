package io.rserpool.usrsctp;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;

/// How functions of the library are found and called: each call is given a segment for the error
/// number, `errno`, which belongs to one thread at a time.
final class Binding {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Binding() {}

  static MemorySegment allocateErrno(SegmentAllocator allocator) {
    return allocator.allocate(ERRNO);
  }

  /// What a failed call wrote: a positive error number.
  static int error(MemorySegment errno) {
    return (int) ERRNO_VALUE.get(errno, 0L);
  }

  /// A function of the library.
  ///
  /// @throws NoSuchElementException if it has none of that name; the text goes after "library"
  static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return handle(address(library, name), descriptor);
  }

  private static MemorySegment address(SymbolLookup library, String name) {
    String symbol = "usrsctp_" + name;
    return library
        .find(symbol)
        .orElseThrow(() -> new NoSuchElementException("has no function " + symbol));
  }

  /// As [#function], for one that cannot fail: it is called without `errno`.
  @SuppressWarnings("restricted")
  static MethodHandle plainFunction(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(address(library, name), descriptor);
  }

  /// A function of the system's own library.
  static MethodHandle systemFunction(String name, FunctionDescriptor descriptor) {
    return handle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor);
  }

  /// A foreign function throws nothing; what is caught at a call is a mistake of ours.
  static IllegalStateException failed(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a call of libusrsctp was made wrongly", cause);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(MemorySegment address, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(address, descriptor, Linker.Option.captureCallState("errno"));
  }
}
