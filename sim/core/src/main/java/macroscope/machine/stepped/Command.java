package macroscope.machine.stepped;

import java.util.ArrayList;
import java.util.List;

/**
 * What the controller tells the bus or the array to do with a tile.
 *
 * @param kind what
 * @param tile which, in their order
 */
record Command(Kind kind, int tile) {

  /** What a command is for. */
  enum Kind {
    LOAD,
    COMPUTE,
    STORE;

    boolean bus() {
      return this != COMPUTE;
    }
  }

  /**
   * The program of a product: with n buffers the loads of the first n tiles, then for each tile its
   * passes, its store, and the load of the tile n later. What moves nothing has no command.
   */
  static List<Command> program(List<Tile> tiles, int buffers) {
    List<Command> program = new ArrayList<>();
    for (int t = 0; t < Math.min(buffers, tiles.size()); t++) {
      load(t, tiles, program);
    }
    for (int t = 0; t < tiles.size(); t++) {
      program.add(new Command(Kind.COMPUTE, t));
      if (tiles.get(t).storeBits() > 0) {
        program.add(new Command(Kind.STORE, t));
      }
      if (t + buffers < tiles.size()) {
        load(t + buffers, tiles, program);
      }
    }
    return program;
  }

  private static void load(int tile, List<Tile> tiles, List<Command> program) {
    if (tiles.get(tile).loadBits() > 0) {
      program.add(new Command(Kind.LOAD, tile));
    }
  }
}
