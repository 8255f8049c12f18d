package io.rserpool.net.status;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ServerId;

/// How components are named in reports: the group in the highest byte, the object in the other seven.
/// An object of 0 is somebody whose identifier is not known (yet); nobody reports under such a name.
public final class ComponentId {

  /// Bits that number the object.
  public static final long OBJECT_MASK = 0x00ff_ffff_ffff_ffffL;

  private static final int GROUP_SHIFT = 56;

  private ComponentId() {}

  /// Group 1.
  public static long registrar(ServerId id) {
    return (1L << GROUP_SHIFT) | Integer.toUnsignedLong(id.value());
  }

  /// Group 2.
  public static long element(ElementId id) {
    return (2L << GROUP_SHIFT) | Integer.toUnsignedLong(id.value());
  }

  /// Group 3.
  ///
  /// @param number random, since pool users have no identifier; its highest byte does not count
  public static long user(long number) {
    return (3L << GROUP_SHIFT) | (number & OBJECT_MASK);
  }

  /// Whether it names somebody.
  public static boolean isKnown(long id) {
    return (id & OBJECT_MASK) != 0;
  }
}
