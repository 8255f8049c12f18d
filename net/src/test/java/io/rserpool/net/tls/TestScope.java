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
    return TlsOptions.of(credentials(role, name));
  }

  public TlsCredentials credentials(String role, String name) {
    Path files = directory.resolve("issued-" + ++issued);
    return authority.credentials(files, "rserpool://test/" + role + "/" + name);
  }

  /// Writes other files for the one to whom something was issued last, by which he is somebody else.
  public void replaceLast(String role, String name) {
    Path files = directory.resolve("issued-" + issued);
    authority.write(files, authority.issue("rserpool://test/" + role + "/" + name));
  }

  /// A scope of the same name and another authority, whom nobody here believes.
  public TestScope stranger() {
    return new TestScope(directory.resolve("stranger-" + ++strangers));
  }
}
