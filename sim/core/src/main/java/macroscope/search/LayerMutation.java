package macroscope.search;

import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.operator.Mutation;
import org.moeaframework.core.variable.BinaryIntegerVariable;

/** Gives each layer any choice with a chance of one over the number of layers. */
final class LayerMutation implements Mutation {

  @Override
  public String getName() {
    return "LayerMutation";
  }

  @Override
  public Solution mutate(Solution parent) {
    Solution child = parent.copy();
    int layers = child.getNumberOfVariables();
    for (int layer = 0; layer < layers; layer++) {
      if (PRNG.nextDouble() * layers < 1
          && child.getVariable(layer) instanceof BinaryIntegerVariable choice) {
        choice.setValue(PRNG.nextInt(choice.getLowerBound(), choice.getUpperBound()));
      }
    }
    return child;
  }
}
