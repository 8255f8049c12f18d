package io.rserpool.registrar;

import io.rserpool.engine.access.AccessPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads who may do what in a secured scope from a file:
///
///     registrars: ["rserpool://default/registrar/*"]   # who the registrars are
///     denied: ["rserpool://default/element/stolen-*"]  # who may do nothing, whatever the rules say
///     rules:                                           # they add up; nothing else is allowed
///       - who: "rserpool://default/element/echo-*"     # one pattern, or a list
///         register: ["echo*"]                          # pools
///         addresses: ["10.0.0.0/8"]                    # beside those it registers from
///         element-ids: ["0x100-0x1ff"]                 # all, unless named
///         elements: 10                                 # of each identity
///         report: ["*"]
///         report-rate: 1                               # a second, about one pool
///         report-burst: 10
///       - who: "*"                                     # everybody; also: authenticated, anonymous
///         resolve: ["*"]
///         watch: ["*"]
///       - who: "rserpool://default/administrator/*"
///         remove: on                                   # may take elements out by hand
///         dump: on                                     # may read tables by ENRP
///
/// Without `registrars`, or without `rules`, those of [AccessPolicy#ofRoles] hold.
public final class PolicyFile {

  private PolicyFile() {}

  /// Reads a file.
  ///
  /// @throws ConfigException if it cannot be read, or has mistakes
  public static AccessPolicy load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": expected UTF-8 text, given other bytes", e);
    } catch (IOException e) {
      throw new ConfigException(file + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  /// Reads the text of a file.
  ///
  /// @param name of the file, for messages
  /// @throws ConfigException if it has mistakes
  public static AccessPolicy parse(String name, String text) {
    return new PolicyReader(name).read(text);
  }
}
