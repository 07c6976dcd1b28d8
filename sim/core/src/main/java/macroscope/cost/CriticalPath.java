package macroscope.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;
import macroscope.hardware.Widths;

/**
 * What a signal passes from the registers at the start of a unit's stage to those at its end, as far as
 * a bill of materials tells: its lines follow each other as data meets them.
 *
 * <p>Lines beside each other count once: exponents that are added while significands multiply, and
 * equal parts for several operands (aligners of products and of the addend). A tree of maxima has as
 * many levels as its terms ask for. Ripples overlap: the sum bits of one adder leave as the carry of
 * the next arrives, so that carries run once through the widest part of a chain of adders, negators and
 * multipliers, and anew behind a part that waits for all bits (shifters, maxima, leading-zero counters,
 * selectors). Each stage of a unit that is cut into several is a path of its own, what fills its operand
 * registers is another, and so are parts that
 * work once a sum behind the accumulator's register (those before it are in its stage), and parts that
 * serve several units, before their registers.
 *
 * @param levels steps by kind of part
 * @param carryBits bits that carries run through, one chain after the other
 */
public record CriticalPath(Map<String, Integer> levels, int carryBits) {

  /** The name under which a technology prices the delay of a bit that a carry runs through. */
  public static final String CARRY = "carry";

  public CriticalPath {
    levels = Map.copyOf(levels);
  }

  /** The kinds of parts on the path. */
  public Set<String> kinds() {
    return levels.keySet();
  }

  /** The paths of a unit: its stages in their order, then the conversion, then what is shared. */
  public static List<CriticalPath> of(Inventory inventory) {
    List<List<Inventory.Line>> stages = new ArrayList<>();
    stages.add(new ArrayList<>());
    List<Inventory.Line> conversion = new ArrayList<>();
    List<Inventory.Line> shared = new ArrayList<>();
    boolean held = false;
    for (Inventory.Line line : inventory.lines()) {
      if (line.component() instanceof Component.Register) {
        held |= line.role() == Role.ACCUMULATOR;
        if (isRank(line) || isStored(line, stages)) {
          stages.add(new ArrayList<>());
        }
      } else if (line.sharing().isPresent()) {
        shared.add(line);
      } else if (held && line.usesPerPass() < 1) {
        conversion.add(line);
      } else {
        stages.get(stages.size() - 1).add(line);
      }
    }
    List<CriticalPath> paths = new ArrayList<>();
    stages.add(conversion);
    stages.add(shared);
    for (List<Inventory.Line> lines : stages) {
      if (!lines.isEmpty()) {
        paths.add(through(lines));
      }
    }
    return List.copyOf(paths);
  }

  /** Operand registers stand between what fills them and what reads them. */
  private static boolean isStored(Inventory.Line line, List<List<Inventory.Line>> stages) {
    return line.role() == Role.STORAGE && !stages.get(stages.size() - 1).isEmpty();
  }

  /** Registers among multipliers or in an adder tree stand between two stages. */
  private static boolean isRank(Inventory.Line line) {
    return line.role() == Role.MULTIPLIER || line.role() == Role.ALIGNER_AND_TREE;
  }

  private static CriticalPath through(List<Inventory.Line> lines) {
    Map<String, Integer> levels = new TreeMap<>();
    int carries = 0;
    int chain = 0;
    for (int i = 0; i < lines.size(); ) {
      int end = besides(lines, i);
      Inventory.Line slowest = slowest(lines.subList(i, end));
      Component part = slowest.component();
      int repeated = repeated(slowest);
      levels.merge(part.kind(), part.levels() * repeated, Integer::sum);
      if (ripples(part)) {
        chain = Math.max(chain, part.carryBits());
      } else {
        carries += chain + part.carryBits() * repeated;
        chain = 0;
      }
      i = end;
    }
    return new CriticalPath(levels, carries + chain);
  }

  /** One past the last line that works beside line {@code from}. */
  private static int besides(List<Inventory.Line> lines, int from) {
    Component first = lines.get(from).component();
    Role role = lines.get(from).role();
    int end = from + 1;
    while (end < lines.size() && lines.get(end).role() == role && beside(first, lines.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean beside(Component first, Inventory.Line next) {
    if (first instanceof Component.Multiplier) {
      return next.component() instanceof Component.Multiplier
          || next.role() == Role.MULTIPLIER && adds(next.component());
    }
    return !adds(first) && first.getClass() == next.component().getClass();
  }

  private static Inventory.Line slowest(List<Inventory.Line> lines) {
    Component first = lines.get(0).component();
    return lines.stream()
        .filter(line -> line.component().getClass() == first.getClass())
        .max(Comparator.comparingInt(l -> l.component().levels() + l.component().carryBits()))
        .orElseThrow();
  }

  /** Maxima of an alignment are a tree; any other instances stand side by side. */
  private static int repeated(Inventory.Line line) {
    boolean tree =
        line.component() instanceof Component.Maximum && line.role() == Role.ALIGNER_AND_TREE;
    return tree ? Widths.ceilLog2(line.instances() + 1) : 1;
  }

  private static boolean adds(Component part) {
    return part instanceof Component.Adder || part instanceof Component.SumAndDifference;
  }

  private static boolean ripples(Component part) {
    return adds(part) || part instanceof Component.Negator || part instanceof Component.Multiplier;
  }
}
