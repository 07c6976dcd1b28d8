package macroscope.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A choice for each layer.
 *
 * @param choices index of the choice by layer, in the order of execution
 */
public record Allocation(List<Integer> choices) {

  public Allocation {
    choices = List.copyOf(choices);
  }

  /** All layers alike. */
  static Allocation uniform(int layers, int choice) {
    return new Allocation(Collections.nCopies(layers, choice));
  }

  /** Of an array, which may change afterwards. */
  static Allocation of(int[] choices) {
    List<Integer> all = new ArrayList<>();
    for (int choice : choices) {
      all.add(choice);
    }
    return new Allocation(all);
  }

  /** The choice of a layer. */
  public int of(int layer) {
    return choices.get(layer);
  }

  /** This with another choice for a layer. */
  Allocation with(int layer, int choice) {
    List<Integer> other = new ArrayList<>(choices);
    other.set(layer, choice);
    return new Allocation(other);
  }
}
