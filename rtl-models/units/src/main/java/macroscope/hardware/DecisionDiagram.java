package macroscope.hardware;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The output bits of a table of constants as one reduced ordered binary decision diagram with complement
 * edges (Bryant, IEEE Trans. Computers C-35, 1986; Brace, Rudell, Bryant, DAC 1990): each inner node is a
 * two-input multiplexer that an address bit controls, and equal functions are there once.
 *
 * <p>Functions are numbered: twice the number of a node, plus one for its complement; node 0 is the
 * constant 0. Address bits are asked from the last variable of the top down.
 */
final class DecisionDiagram {

  /** Inputs of a lookup table of the FPGAs that are priced. */
  private static final int LOOKUP_INPUTS = 6;

  private record Node(int variable, int low, int high) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> supports = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Set<Integer> roots = new HashSet<>();

  /**
   * @param reversed whether the lowest address bit is at the top, else the highest is
   */
  DecisionDiagram(int addressBits, int bits, long[] entries, boolean reversed) {
    nodes.add(new Node(-1, 0, 0));
    supports.add(0);
    for (int bit = 0; bit < bits; bit++) {
      roots.add(function(addressBits, column(addressBits, entries, bit, reversed)) & ~1);
    }
  }

  private static int[] column(int addressBits, long[] entries, int bit, boolean reversed) {
    int[] column = new int[1 << addressBits];
    for (int i = 0; i < entries.length; i++) {
      int at =
          reversed ? (int) (Integer.toUnsignedLong(Integer.reverse(i)) >> (32 - addressBits)) : i;
      column[at] = (int) (entries[i] >> bit & 1);
    }
    return column;
  }

  /** Halves the functions of the lowest variables until one is left. */
  private int function(int addressBits, int[] column) {
    int[] functions = column;
    for (int variable = 0; variable < addressBits; variable++) {
      int[] half = new int[functions.length / 2];
      for (int i = 0; i < half.length; i++) {
        half[i] = choice(variable, functions[2 * i], functions[2 * i + 1]);
      }
      functions = half;
    }
    return functions[0];
  }

  private int choice(int variable, int low, int high) {
    if (low == high) {
      return low;
    }
    int complement = low & 1;
    Node node = new Node(variable, low ^ complement, high ^ complement);
    int number =
        numbers.computeIfAbsent(
            node,
            fresh -> {
              nodes.add(fresh);
              supports.add(
                  1 << variable | supports.get(fresh.low() >> 1) | supports.get(fresh.high() >> 1));
              return nodes.size() - 1;
            });
    return 2 * number + complement;
  }

  /** Nodes whose branches both depend on further address bits. */
  int selectors() {
    return (int) nodes.stream().filter(node -> node.low() > 1 && node.high() > 1).count();
  }

  /** Nodes one of whose branches is constant: an AND or an OR. One whose branches both are is a wire. */
  int gates() {
    return (int) nodes.stream().filter(node -> node.low() > 1 ^ node.high() > 1).count();
  }

  /**
   * Lookup tables: one for each function of two to six address bits; above them selectors of two
   * functions or of four, which fill a lookup table with its two address bits.
   */
  int functions() {
    Set<Integer> found = new HashSet<>();
    roots.forEach(root -> find(root, found));
    return found.size();
  }

  private void find(int function, Set<Integer> found) {
    int number = function >> 1;
    int inputs = Integer.bitCount(supports.get(number));
    if (inputs < 2 || !found.add(number) || inputs <= LOOKUP_INPUTS) {
      return;
    }
    boolean pair = (inputs - LOOKUP_INPUTS) % 2 == 0;
    int below = nodes.get(number).variable() - (pair ? 2 : 1);
    branches(number, below, found);
  }

  /** The functions that are left once the variables above one are known. */
  private void branches(int number, int below, Set<Integer> found) {
    Node node = nodes.get(number);
    for (int branch : List.of(node.low(), node.high())) {
      if (nodes.get(branch >> 1).variable() > below) {
        branches(branch >> 1, below, found);
      } else {
        find(branch, found);
      }
    }
  }
}
