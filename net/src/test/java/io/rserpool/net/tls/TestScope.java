package io.rserpool.net.tls;

import java.nio.file.Path;

/// A secured scope for tests: an authority, and certificates for whoever wants one. The scope's name is
/// `test`. Tests of other modules use it as well.
public final class TestScope {

  private final Path directory;
  private final TestAuthority authority = new TestAuthority();
  private int issued;
  private int strangers;

  /// @param directory where files may be written
  public TestScope(Path directory) {
    this.directory = directory;
  }

  /// What somebody needs to be `rserpool://test/ROLE/NAME`.
  ///
  /// @param role `registrar`, `element`, `user` or `administrator`
  public TlsOptions issue(String role, String name) {
    return issue(directory.resolve("issued-" + ++issued), role, name);
  }

  /// The same with files of a known place. What was there before is renewed by that.
  public TlsOptions issue(Path files, String role, String name) {
    return TlsOptions.of(authority.credentials(files, "rserpool://test/" + role + "/" + name));
  }

  /// A scope of the same name and another authority, whom nobody here believes.
  public TestScope stranger() {
    return new TestScope(directory.resolve("stranger-" + ++strangers));
  }
}
