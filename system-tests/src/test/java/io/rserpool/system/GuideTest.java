package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class GuideTest {

  @Test
  void whoFollowsTheGuideSeesWhatItShows(@TempDir Path directory) throws Exception {
    Guide guide = Guide.read(Path.of("../docs/guide.md"));
    assertThat(guide.steps()).hasSizeGreaterThan(10);
    try (Rehearsal rehearsal = new Rehearsal(directory)) {
      rehearsal.follow(guide);
    }
  }
}
