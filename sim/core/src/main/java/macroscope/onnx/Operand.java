package macroscope.onnx;

import java.util.Optional;

/**
 * What an operation finds of an operand: always its type and shape, its elements when it runs or where
 * they follow from constants and shapes.
 */
@SuppressWarnings("ArrayRecordComponent")
record Operand(ElementType type, int[] shape, Optional<double[]> values) {

  static Operand of(Tensor tensor) {
    return new Operand(tensor.type(), tensor.shape(), Optional.of(tensor.values()));
  }

  int size() {
    return Tensor.size(shape);
  }

  int rank() {
    return shape.length;
  }
}
