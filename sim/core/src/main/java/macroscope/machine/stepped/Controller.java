package macroscope.machine.stepped;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Issues the commands of a program into the queues of the bus and of the array. */
final class Controller {

  private final CommandIssue issue;
  private final List<Command> program;
  private final Deque<Command> bus = new ArrayDeque<>();
  private final Deque<Command> array = new ArrayDeque<>();
  private final boolean[] loads;
  private int next;
  private boolean busy;
  private int left;

  Controller(CommandIssue issue, List<Command> program, int tiles) {
    this.issue = issue;
    this.program = program;
    this.loads = new boolean[tiles];
  }

  /** The beginning of a cycle: commands that are through join their queues. */
  void deliver() {
    while (next < program.size()) {
      Command command = program.get(next);
      if (!busy && queue(command).size() >= issue.queue()) {
        return;
      }
      left = busy ? left : issue.cyclesEach();
      busy = left > 0;
      if (busy) {
        return;
      }
      queue(command).add(command);
      loads[command.tile()] |= command.kind() == Command.Kind.LOAD;
      next++;
    }
  }

  /** The end of a cycle. */
  void step() {
    left -= busy ? 1 : 0;
  }

  private Deque<Command> queue(Command command) {
    return command.kind().bus() ? bus : array;
  }

  /** Commands of the bus that have not started. */
  Deque<Command> bus() {
    return bus;
  }

  /** Commands of the array that have not started. */
  Deque<Command> array() {
    return array;
  }

  /** Whether the load of a tile has been issued. */
  boolean hasIssuedLoad(int tile) {
    return loads[tile];
  }

  /** Whether every command has been issued. */
  boolean finished() {
    return next == program.size();
  }
}
