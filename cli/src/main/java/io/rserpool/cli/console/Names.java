package io.rserpool.cli.console;

import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the names of pools, elements and registrars from the command line.
public final class Names {
  private Names() {}

  /// A pool handle: text, or `0x` and hexadecimal digits as pool handles are shown.
  public static final class Pool implements ITypeConverter<PoolHandle> {
    @Override
    public PoolHandle convert(String text) {
      try {
        return text.matches("0x([0-9a-fA-F]{2})+")
            ? new PoolHandle(Octets.of(HexFormat.of().parseHex(text, 2, text.length())))
            : PoolHandle.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /// An element identifier other than 0.
  public static final class Element implements ITypeConverter<ElementId> {
    @Override
    public ElementId convert(String text) {
      ElementId id;
      try {
        id = ElementId.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      requireSome(id.isNone(), text);
      return id;
    }
  }

  /// A registrar identifier other than 0.
  public static final class Server implements ITypeConverter<ServerId> {
    @Override
    public ServerId convert(String text) {
      ServerId id;
      try {
        id = ServerId.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      requireSome(id.isNone(), text);
      return id;
    }
  }

  /// A pattern of certified names.
  public static final class Pattern implements ITypeConverter<IdentityPattern> {
    @Override
    public IdentityPattern convert(String text) {
      try {
        return IdentityPattern.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static void requireSome(boolean none, String text) {
    if (none) {
      throw new TypeConversionException(
          "an identifier is a number from 1 to 4294967295, or 0x and up to 8 hexadecimal digits,"
              + " but this is '"
              + text
              + "'");
    }
  }
}
