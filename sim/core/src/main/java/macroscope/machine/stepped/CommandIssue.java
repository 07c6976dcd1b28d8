package macroscope.machine.stepped;

import macroscope.hardware.Widths;

/**
 * How a controller issues commands, in the order of the program: one after another, each into the queue
 * of the bus or of the array, from which it goes when it starts. A full queue holds up the commands
 * behind it, whichever they are for.
 *
 * @param cyclesEach cycles that the controller needs for a command; 0 if it never holds anything up
 * @param queue commands that wait for the bus, and as many for the array
 */
public record CommandIssue(int cyclesEach, int queue) {

  private static final int MOST = 1 << 24;

  public CommandIssue {
    Widths.inRange("cycles of a command", cyclesEach, 0, MOST);
    Widths.inRange("commands of a queue", queue, 1, MOST);
  }

  /** All commands are there from the beginning. */
  public static CommandIssue immediate() {
    return new CommandIssue(0, MOST);
  }
}
