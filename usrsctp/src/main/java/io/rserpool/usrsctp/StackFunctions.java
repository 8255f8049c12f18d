package io.rserpool.usrsctp;

import static io.rserpool.usrsctp.Binding.failed;
import static io.rserpool.usrsctp.Binding.function;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/// The functions of the library for the stack as a whole.
final class StackFunctions {

  private final SymbolLookup library;
  private final MethodHandle init;
  private final MethodHandle finish;
  private final MethodHandle getStat;
  private final MethodHandle strerror;

  /// @throws NoSuchElementException if the library lacks a function
  StackFunctions(SymbolLookup library) {
    this.library = library;
    init = function(library, "init", FunctionDescriptor.ofVoid(JAVA_SHORT, ADDRESS, ADDRESS));
    finish = function(library, "finish", FunctionDescriptor.of(JAVA_INT));
    getStat = function(library, "get_stat", FunctionDescriptor.ofVoid(ADDRESS));
    strerror = Binding.systemFunction("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  void init(MemorySegment errno, int udpPort) {
    try {
      init.invokeExact(errno, (short) udpPort, MemorySegment.NULL, MemorySegment.NULL);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// 0, or below if anything is in use yet.
  int finish(MemorySegment errno) {
    try {
      return (int) finish.invokeExact(errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Sets one of the stack's own variables.
  int tune(MemorySegment errno, String variable, int value) {
    try {
      MethodHandle setter =
          function(
              library, "sysctl_set_sctp_" + variable, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
      return (int) setter.invokeExact(errno, value);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void statistics(MemorySegment errno, MemorySegment counters) {
    try {
      getStat.invokeExact(errno, counters);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// The words of the system for an error number.
  @SuppressWarnings("restricted")
  String text(MemorySegment errno, int error) {
    try {
      MemorySegment words = (MemorySegment) strerror.invokeExact(errno, error);
      return words.reinterpret(200).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }
}
