package io.rserpool.engine.policy;

/// The two things that arrays of a type parameter cannot do by themselves.
final class MemberArray {

  private MemberArray() {}

  /// An array that never leaves the class that makes it, so its element type is never looked at.
  @SuppressWarnings("unchecked")
  static <M extends Member> M[] create(int length) {
    return (M[]) new Member[length];
  }

  /// Lets go of a member in a slot that is out of use.
  @SuppressWarnings("NullAway") // Slots out of use are never read.
  static void clear(Member[] members, int slot) {
    members[slot] = null;
  }
}
