package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LibraryTest {

  @Test
  void aMissingLibraryIsSaidInOneSentenceThatNamesThePackage() {
    Platform linux = Platform.of("Linux", "amd64").orElseThrow();
    UsrsctpStack stack = new UsrsctpStack(Library.load(Optional.of(without(linux))), 0);
    assertThat(stack.obstacle().orElseThrow())
        .contains("libnowhere.so")
        .contains("install the Debian package libusrsctp2")
        .endsWith(".");
    assertThatThrownBy(() -> stack.open(SctpOptions.defaults(), new Recorder()))
        .isInstanceOf(IOException.class)
        .hasMessage(stack.obstacle().orElseThrow());
  }

  @Test
  void aLibraryWithoutTheFunctionsIsSaid() {
    Platform linux = Platform.of("Linux", "amd64").orElseThrow();
    if (!Platform.current().equals(Optional.of(linux))) {
      return;
    }
    Platform other = withLibraries(linux, List.of("libc.so.6"));
    assertThat(new UsrsctpStack(Library.load(Optional.of(other)), 0).obstacle().orElseThrow())
        .contains("0.9.5 or later")
        .contains("has no function usrsctp_");
  }

  @Test
  void anUnknownPlatformIsSaid() {
    assertThat(Platform.of("Linux", "riscv64")).isEmpty();
    assertThat(Platform.of("Windows 11", "amd64")).isEmpty();
    assertThat(Platform.of("Mac OS X", "aarch64")).isPresent();
    assertThat(Platform.of("Linux", "aarch64")).isEqualTo(Platform.of("Linux", "amd64"));
    assertThat(new UsrsctpStack(Library.load(Optional.empty()), 0).obstacle().orElseThrow())
        .contains("64-bit Linux or macOS");
  }

  private static Platform without(Platform platform) {
    return withLibraries(platform, List.of("libnowhere.so"));
  }

  private static Platform withLibraries(Platform platform, List<String> libraries) {
    return new Platform(
        libraries,
        platform.hint(),
        platform.hasAddressLength(),
        platform.inet6Family(),
        platform.socketLevel(),
        platform.sendBufferOption(),
        platform.receiveBufferOption(),
        platform.lingerOption(),
        platform.endOfRecordFlag(),
        platform.againError(),
        platform.addressInUseError(),
        platform.alreadyError());
  }
}
