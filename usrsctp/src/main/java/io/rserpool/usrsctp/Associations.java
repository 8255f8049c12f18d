package io.rserpool.usrsctp;

import java.util.HashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The associations of a socket by both their numbers. The library uses its own numbers again some
/// day; ours are never given twice.
final class Associations {

  private final HashMap<Long, Association> byNumber = new HashMap<>();
  private final HashMap<Integer, Association> byNativeNumber = new HashMap<>();
  private long last;

  /// Calls a peer. Nothing else that looks an association up may come between the call and its
  /// entry: the peer's answer may be there first.
  ///
  /// @param connect answers the library's number, or below 0 if that fails
  /// @return the association; one without a native number if the call has failed
  synchronized Association call(LongSupplier connect, String peer) {
    Association association = new Association(++last, false, peer);
    byNumber.put(association.number, association);
    callAgain(association, connect);
    return association;
  }

  /// Calls a peer for an association whose call has failed before.
  ///
  /// @return below 0 if it fails again
  synchronized long callAgain(Association association, LongSupplier connect) {
    if (association.phase == Association.Phase.DISCARDED) {
      return 0;
    }
    long nativeNumber = connect.getAsLong();
    association.nativeNumber = nativeNumber;
    if (nativeNumber >= 0) {
      byNativeNumber.put((int) nativeNumber, association);
    }
    return nativeNumber;
  }

  /// One that a peer has opened.
  synchronized Association incoming(int nativeNumber, String peer) {
    Association association = new Association(++last, true, peer);
    association.nativeNumber = Integer.toUnsignedLong(nativeNumber);
    byNumber.put(association.number, association);
    byNativeNumber.put(nativeNumber, association);
    return association;
  }

  synchronized @Nullable Association find(long number) {
    return byNumber.get(number);
  }

  synchronized @Nullable Association findNative(int nativeNumber) {
    return byNativeNumber.get(nativeNumber);
  }

  /// From now on nothing is told or asked of it; the library has words on it yet.
  ///
  /// @return the phase before
  synchronized Association.Phase discard(Association association, String reason) {
    Association.Phase before = association.phase;
    association.phase = Association.Phase.DISCARDED;
    association.abortReason = reason;
    byNumber.remove(association.number);
    return before;
  }

  /// The library has forgotten it.
  synchronized void remove(Association association) {
    byNumber.remove(association.number);
    byNativeNumber.remove(association.nativeNumber(), association);
  }

  /// Changes the phase unless it is another by now.
  synchronized boolean change(
      Association association, Association.Phase from, Association.Phase to) {
    if (association.phase != from) {
      return false;
    }
    association.phase = to;
    return true;
  }

  synchronized int size() {
    return byNativeNumber.size();
  }
}
