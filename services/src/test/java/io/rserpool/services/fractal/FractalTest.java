package io.rserpool.services.fractal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FractalTest {

  private static FractalMessage.Parameter parameter(long algorithm, double n) {
    // Points at real 0, 0.5, 1, ... and imaginary 0.
    return new FractalMessage.Parameter(4, 1, 100, algorithm, 0, 0, 2, 1, n);
  }

  @Test
  void pointsEscapeAfterTheirNumberOfIterations() {
    Fractal fractal = new Fractal(parameter(1, 0));
    // c = 0 and c = 0.5 never leave; c = 1: -1, 0, -1, ...; c = 1.5: -1.5, whose square is 2.25.
    assertThat(fractal.valueAt(0, 0)).isEqualTo(100);
    assertThat(fractal.valueAt(1, 0)).isEqualTo(100);
    assertThat(fractal.valueAt(2, 0)).isEqualTo(100);
    assertThat(fractal.valueAt(3, 0)).isZero();
  }

  @Test
  void theSquareIsThePowerOfTwo() {
    Fractal square = new Fractal(parameter(1, 0));
    Fractal power = new Fractal(parameter(2, 2.0));
    for (int x = 0; x < 4; x++) {
      assertThat(power.valueAt(x, 0)).isEqualTo(square.valueAt(x, 0));
    }
    // z^3 - c for c = 1: -1, -2: out at the second.
    assertThat(new Fractal(parameter(2, 3.0)).valueAt(2, 0)).isEqualTo(1);
  }

  @Test
  void limitsOfTheProtocolAreNamed() {
    assertThat(
            new FractalMessage.Parameter(65_536, 65_536, 1_000_000, 2, 0, 0, 0, 0, 0).objection())
        .isEmpty();
    assertThat(new FractalMessage.Parameter(65_537, 1, 1, 1, 0, 0, 0, 0, 0).objection())
        .contains("65537");
    assertThat(new FractalMessage.Parameter(1, 0xffff_ffffL, 1, 1, 0, 0, 0, 0, 0).objection())
        .contains("4294967295");
    assertThat(new FractalMessage.Parameter(1, 1, 1_000_001, 1, 0, 0, 0, 0, 0).objection())
        .contains("1000001");
    assertThat(new FractalMessage.Parameter(1, 1, 1, 3, 0, 0, 0, 0, 0).objection()).contains("3");
  }

  @Test
  void tilesCoverEveryPointOnce() {
    for (int tile : List.of(1, 7, 16, 50)) {
      PictureRequest request = PictureRequest.of(50, 64).withTiles(tile, tile);
      BitSet covered = new BitSet();
      for (Tile each : request.tiles()) {
        for (int y = each.y(); y < each.y() + each.height(); y++) {
          for (int x = each.x(); x < each.x() + each.width(); x++) {
            assertThat(covered.get(y * 50 + x)).isFalse();
            covered.set(y * 50 + x);
          }
        }
      }
      assertThat(covered.cardinality()).isEqualTo(50 * 64);
    }
  }

  @Test
  void tileIsTheSamePieceOfTheWholePicture() {
    PictureRequest request = PictureRequest.of(50, 40).withTiles(16, 16);
    Tile whole = new Tile(0, 0, 0, 50, 40);
    Fractal all = new Fractal(request.parameterOf(whole));
    int same = 0;
    for (Tile tile : request.tiles()) {
      Fractal part = new Fractal(request.parameterOf(tile));
      for (int y = 0; y < tile.height(); y++) {
        for (int x = 0; x < tile.width(); x++) {
          same += part.valueAt(x, y) == all.valueAt(tile.x() + x, tile.y() + y) ? 1 : 0;
        }
      }
    }
    // Corners are rounded on the way, so a few points at the very edge of the set may differ.
    assertThat(same).isGreaterThan(50 * 40 * 99 / 100);
  }

  @Test
  void impossiblePicturesAreNamed() {
    assertThatThrownBy(() -> PictureRequest.of(0, 10)).hasMessageContaining("width");
    assertThatThrownBy(() -> PictureRequest.of(65_536, 65_536)).hasMessageContaining("points");
    assertThatThrownBy(() -> PictureRequest.of(10, 10).withTiles(11, 1))
        .hasMessageContaining("tile width");
    assertThatThrownBy(() -> PictureRequest.of(10, 10).withSessions(0))
        .hasMessageContaining("sessions");
  }
}
