package macroscope.machine.cpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which execution ports each micro-operation of an instruction can go to.
 *
 * <p>With instructions in any order and micro-operations dealt out as well as can be, a loop takes
 * max over sets S of ports of (micro-operations that can go nowhere but S) / |S| cycles: the fractional
 * form of Hall's theorem, the bound that uops.info and OSACA compute by linear programming.
 *
 * @param uops for each kind of instruction its micro-operations, each as the set of its ports, one
 *     character a port: {@code 5} and {@code 01}
 */
public record Ports(Map<Operation, List<String>> uops) {

  /** So that all sets of ports can be gone through. */
  private static final int MOST_PORTS = 16;

  public Ports {
    Map<Operation, List<String>> copy = new EnumMap<>(Operation.class);
    uops.forEach((operation, ports) -> copy.put(operation, List.copyOf(ports)));
    uops = Collections.unmodifiableMap(copy);
    Set<Integer> all =
        uops.values().stream()
            .flatMap(List::stream)
            .flatMap(ports -> ports.chars().boxed())
            .collect(Collectors.toSet());
    if (all.size() > MOST_PORTS) {
      throw new IllegalArgumentException("ports must be at most " + MOST_PORTS + ": " + all.size());
    }
  }

  /** Whether every instruction of a loop has ports. */
  public boolean run(InstructionMix mix) {
    return uops.keySet().containsAll(mix.counts().keySet());
  }

  /**
   * Fewest cycles of an iteration.
   *
   * @throws IllegalArgumentException if an instruction has no ports
   */
  public double cycles(InstructionMix mix) {
    Map<String, Double> use = new HashMap<>();
    mix.counts()
        .forEach(
            (operation, count) -> of(operation).forEach(p -> use.merge(p, count, Double::sum)));
    List<Integer> ports =
        List.copyOf(new TreeSet<>(use.keySet().stream().flatMap(p -> p.chars().boxed()).toList()));
    double most = 0;
    for (int set = 1; set < 1 << ports.size(); set++) {
      most = Math.max(most, confined(use, ports, set) / Integer.bitCount(set));
    }
    return most;
  }

  private static double confined(Map<String, Double> use, List<Integer> ports, int set) {
    return use.entrySet().stream()
        .filter(e -> e.getKey().chars().allMatch(p -> (set >> ports.indexOf(p) & 1) == 1))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private List<String> of(Operation operation) {
    List<String> found = uops.get(operation);
    if (found == null) {
      throw new IllegalArgumentException("no ports for instructions of kind " + operation);
    }
    return found;
  }
}
