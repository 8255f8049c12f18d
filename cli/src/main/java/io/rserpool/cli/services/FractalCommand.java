package io.rserpool.cli.services;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementNamesOption;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.Screen;
import io.rserpool.cli.console.SessionOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.client.ClosedException;
import io.rserpool.client.Failover;
import io.rserpool.client.PoolUser;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.fractal.FractalPicture;
import io.rserpool.services.fractal.Picture;
import io.rserpool.services.fractal.PictureListener;
import io.rserpool.services.fractal.PictureRequest;
import io.rserpool.services.fractal.Tile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Has a pool compute a picture.
@Command(
    name = "fractal",
    header = "Have a fractal pool compute a picture, and write it to a file.",
    description =
        "Cuts a picture of the Mandelbrot set into tiles and has them computed through several"
            + " sessions at once. When an element fails, another one goes on: over SCTP, which has"
            + " cookies, where the last cookie says, else with the whole tile. Each tile is tinted by"
            + " the element that completed it. Works with servers of rsplib, too.%n%n"
            + "On a terminal with colours the picture is seen growing.",
    footer = {
      "",
      "Example:",
      "  $ rserpool fractal --width 640 --height 480 --output picture.png",
      "  ...",
      "  picture.png: 640 x 480 points in 80 tiles, by 2 elements: 0xd5628838 39, 0x6b106b51 41;"
          + " 0 moves"
    })
public final class FractalCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      arity = "0..1",
      converter = Names.Pool.class,
      defaultValue = "FractalGeneratorPool",
      description = "The pool's handle. Default: ${DEFAULT-VALUE}.")
  private PoolHandle pool = PoolHandle.of("FractalGeneratorPool");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "picture.png",
      description = "Where the picture is written, as PNG. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("picture.png");

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Points of a row. Default: ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--height",
      paramLabel = "N",
      defaultValue = "768",
      description = "Rows. Default: ${DEFAULT-VALUE}.")
  private int height;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Where a point is given up: more take longer. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--tile",
      paramLabel = "N",
      defaultValue = "64",
      description = "Width and height of a tile. Default: ${DEFAULT-VALUE}.")
  private int tile;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many tiles are computed at once. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Mixin private final SessionOption security = new SessionOption();

  @Mixin private final ElementNamesOption names = new ElementNamesOption();

  @Mixin private final StatusOption status = new StatusOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public FractalCommand() {}

  @Override
  public Integer call() {
    PictureRequest request = request();
    Report report = new Report(Screen.of(spec.commandLine().getOut()), request);
    try (PoolUser user = PoolUser.open(status.of(security.of(names.of(registrar.scope()))))) {
      Shutdown.atEnd(user::close);
      Picture picture =
          FractalPicture.compute(user, pool, request, FractalPicture.options(), report);
      report.screen.endProgress();
      picture.writePng(output);
      report.screen.say(describe(picture, report.moves.get()));
    } catch (ClosedException _) {
      // The program ends.
    } catch (UncheckedIOException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }

  private PictureRequest request() {
    try {
      return PictureRequest.of(width, height)
          .withMaxIterations(iterations)
          .withTiles(Math.min(tile, width), Math.min(tile, height))
          .withSessions(sessions);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistaken(String.valueOf(e.getMessage()), e);
    }
  }

  private String describe(Picture picture, int moves) {
    int elements = picture.tilesByElement().size();
    return "%s: %d x %d points in %d tiles, by %d %s: %s; %d %s"
        .formatted(
            output,
            width,
            height,
            picture.elements().size(),
            elements,
            elements == 1 ? "element" : "elements",
            picture.tilesByElement().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", ")),
            moves,
            moves == 1 ? "move" : "moves");
  }

  private static final class Report implements PictureListener {
    private final Screen screen;
    private final LivePicture live;
    private final AtomicInteger moves = new AtomicInteger();

    Report(Screen screen, PictureRequest request) {
      this.screen = screen;
      this.live = new LivePicture(request);
    }

    @Override
    public void tileDrawn(Tile tile, ElementId element, int[] values) {
      live.draw(tile, element, values);
    }

    @Override
    public void tileDone(Tile tile, ElementId element, int tilesDone, int tilesAll) {
      screen.progress(
          (double) tilesDone / tilesAll,
          "%d of %d tiles".formatted(tilesDone, tilesAll),
          () -> screen.showsPictures() ? live.rows() : List.of());
    }

    @Override
    public void movedOver(int session, Failover failover) {
      moves.incrementAndGet();
      screen.say("session %d: %s".formatted(session + 1, Notes.move(failover)));
    }
  }
}
