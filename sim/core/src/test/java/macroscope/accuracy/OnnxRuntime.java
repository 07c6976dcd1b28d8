package macroscope.accuracy;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import macroscope.onnx.ElementType;
import macroscope.onnx.Tensor;

/** Runs networks with ONNX Runtime 1.29.0 on the CPU, without its rewriting of graphs. */
final class OnnxRuntime {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private OnnxRuntime() {}

  /** All outputs, in the order of the file. */
  static List<double[]> run(byte[] file, Map<String, Tensor> inputs) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session = ENVIRONMENT.createSession(file, options)) {
        return run(session, inputs);
      }
    }
  }

  private static List<double[]> run(OrtSession session, Map<String, Tensor> inputs)
      throws OrtException {
    Map<String, OnnxTensor> fed = new HashMap<>();
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      fed.put(input.getKey(), tensor(input.getValue()));
    }
    try (OrtSession.Result result = session.run(fed)) {
      List<double[]> outputs = new ArrayList<>();
      for (var output : result) {
        outputs.add(values((OnnxTensor) output.getValue()));
      }
      return outputs;
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Tensor x) throws OrtException {
    int width = x.type().bits() / 8;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.max(1, width * x.values().length))
            .order(ByteOrder.nativeOrder());
    for (double value : x.values()) {
      switch (x.type()) {
        case FLOAT -> bytes.putFloat((float) value);
        case DOUBLE -> bytes.putDouble(value);
        case INT64 -> bytes.putLong((long) value);
        case INT32 -> bytes.putInt((int) value);
        default -> bytes.put((byte) (int) value);
      }
    }
    bytes.flip();
    long[] shape = Arrays.stream(x.shape()).asLongStream().toArray();
    return OnnxTensor.createTensor(ENVIRONMENT, bytes, shape, type(x.type()));
  }

  private static OnnxJavaType type(ElementType type) {
    return switch (type) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case INT64 -> OnnxJavaType.INT64;
      case INT32 -> OnnxJavaType.INT32;
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      case BOOL -> OnnxJavaType.BOOL;
      default -> throw new IllegalArgumentException("not used in these tests: " + type);
    };
  }

  private static double[] values(OnnxTensor tensor) {
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    OnnxJavaType type = tensor.getInfo().type;
    int width = type.size;
    return IntStream.range(0, bytes.remaining() / width)
        .mapToDouble(
            i ->
                switch (type) {
                  case FLOAT -> bytes.getFloat(4 * i);
                  case DOUBLE -> bytes.getDouble(8 * i);
                  case INT64 -> bytes.getLong(8 * i);
                  case INT32 -> bytes.getInt(4 * i);
                  case UINT8 -> bytes.get(i) & 0xFF;
                  default -> bytes.get(i);
                })
        .toArray();
  }
}
