package io.rserpool.cli.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.services.fractal.PictureRequest;
import io.rserpool.services.fractal.Tile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LivePictureTest {

  private static final PictureRequest REQUEST =
      PictureRequest.of(640, 480).withMaxIterations(100).withTiles(160, 160);
  private static final String WAITING = "\u001b[38;5;236;48;5;236m\u2580";

  private static int waiting(String row) {
    return row.split(java.util.regex.Pattern.quote(WAITING), -1).length - 1;
  }

  @Test
  void pictureFitsIntoAnOldTerminalAndKeepsItsShape() {
    List<String> rows = new LivePicture(REQUEST).rows();
    assertThat(rows).hasSize(20);
    assertThat(rows).allSatisfy(row -> assertThat(waiting(row)).isEqualTo(53));
  }

  @Test
  void onlyTheTilesThatAreThereAreDrawn() {
    LivePicture picture = new LivePicture(REQUEST);
    Tile first = REQUEST.tiles().getFirst();
    int[] values = new int[first.width() * first.height()];
    Arrays.fill(values, 7);
    picture.draw(first, ElementId.of(1), values);
    List<String> rows = picture.rows();
    assertThat(waiting(rows.getFirst())).isEqualTo(53 - 13);
    assertThat(waiting(rows.getLast())).isEqualTo(53);
  }

  @Test
  void tilesOfOtherElementsHaveOtherColours() {
    LivePicture picture = new LivePicture(REQUEST);
    int[] values = new int[160 * 160];
    Arrays.fill(values, 7);
    picture.draw(REQUEST.tiles().get(0), ElementId.of(1), values);
    picture.draw(REQUEST.tiles().get(1), ElementId.of(2), values);
    String row = picture.rows().getFirst();
    assertThat(row.codePoints().filter(c -> c == 0x2580).count()).isEqualTo(53);
    assertThat(Arrays.stream(row.split("\u2580", -1)).distinct().count()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void smallPictureIsNotBlownUp() {
    assertThat(new LivePicture(PictureRequest.of(10, 8).withTiles(5, 4)).rows()).hasSize(4);
  }
}
