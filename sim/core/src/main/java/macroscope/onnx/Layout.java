package macroscope.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that arrange elements anew and change none. */
final class Layout {
  private Layout() {}

  /** Elements at even distances along every axis of the result. */
  static double[] strided(double[] x, int offset, int[] steps, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    if (out.length == 0) {
      return out;
    }
    int length = shape.length == 0 ? 1 : shape[shape.length - 1];
    int lastStep = shape.length == 0 ? 0 : steps[shape.length - 1];
    for (int at = 0; at < out.length; at += length) {
      int from = offset;
      int run = at / length;
      for (int axis = shape.length - 2; axis >= 0; axis--) {
        from += run % shape[axis] * steps[axis];
        run /= shape[axis];
      }
      for (int i = 0; i < length; i++) {
        out[at + i] = x[from + i * lastStep];
      }
    }
    return out;
  }

  /** Distance between neighbours along each axis. */
  static int[] steps(int[] shape) {
    int[] steps = new int[shape.length];
    int step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= shape[axis];
    }
    return steps;
  }

  /** Axes in another order. */
  static double[] transposed(double[] x, int[] shape, int[] order) {
    int[] steps = steps(shape);
    return strided(
        x,
        0,
        Arrays.stream(order).map(axis -> steps[axis]).toArray(),
        Arrays.stream(order).map(axis -> shape[axis]).toArray());
  }

  static List<Result> transpose(Call call) {
    int[] x = call.shape(0);
    int[] reversed = IntStream.range(0, x.length).map(i -> x.length - 1 - i).toArray();
    int[] order = call.attributes().integers("perm", reversed);
    boolean valid =
        Arrays.equals(
            Arrays.stream(order).sorted().toArray(), IntStream.range(0, x.length).toArray());
    call.require(valid, "perm must name every axis once: " + Arrays.toString(order), x);
    return Result.one(
        call.type(0),
        Arrays.stream(order).map(axis -> x[axis]).toArray(),
        () -> transposed(call.values(0), x, order));
  }

  /** Slice: starts, ends, axes and steps as attributes before opset 10, as operands since. */
  static List<Result> slice(Call call) {
    int[] shape = call.shape(0).clone();
    int[] starts = given(call, 1, "starts");
    int[] ends = given(call, 2, "ends");
    int[] front = IntStream.range(0, starts.length).toArray();
    int[] axes =
        call.normalized(
            call.has(3) ? call.integers(3) : call.attributes().integers("axes", front),
            shape.length);
    int[] strides = new int[starts.length];
    Arrays.fill(strides, 1);
    strides = call.has(4) ? call.integers(4) : strides;
    boolean fits = starts.length == ends.length && starts.length == axes.length;
    call.require(fits && axes.length == strides.length, "starts, ends, axes and steps must agree");
    int[] steps = steps(shape);
    int offset = 0;
    for (int i = 0; i < axes.length; i++) {
      int length = shape[axes[i]];
      call.require(strides[i] != 0, "steps must not be 0");
      int start = bounded(starts[i], length, strides[i] > 0 ? length : length - 1, 0);
      int end = bounded(ends[i], length, length, strides[i] > 0 ? 0 : -1);
      offset += start * steps[axes[i]];
      steps[axes[i]] *= strides[i];
      shape[axes[i]] = Math.max(0, (int) Math.ceil((end - start) / (double) strides[i]));
    }
    int first = offset;
    return Result.one(call.type(0), shape, () -> strided(call.values(0), first, steps, shape));
  }

  private static int bounded(int index, int length, int most, int least) {
    long fromFront = index < 0 ? (long) index + length : index;
    return (int) Math.max(least, Math.min(most, fromFront));
  }

  private static int[] given(Call call, int operand, String attribute) {
    return call.has(operand) ? call.integers(operand) : call.attributes().integers(attribute);
  }

  static List<Result> concat(Call call) {
    int[] shape = call.shape(0).clone();
    int axis = call.axis(shape.length, 0);
    for (int i = 1; i < call.operands(); i++) {
      int[] next = call.shape(i).clone();
      boolean ranks = next.length == shape.length;
      int length = ranks ? next[axis] : 0;
      if (ranks) {
        next[axis] = shape[axis];
      }
      call.require(ranks && Arrays.equals(next, shape), "other axes must agree", shape, next);
      shape[axis] += length;
    }
    return Result.one(call.type(0), shape, () -> concatenated(call, axis, shape));
  }

  private static double[] concatenated(Call call, int axis, int[] shape) {
    double[] out = new double[Tensor.size(shape)];
    int inner = size(shape, axis, shape.length);
    int at = 0;
    for (int i = 0; i < call.operands(); i++) {
      int run = size(call.shape(i), axis, shape.length);
      double[] x = call.values(i);
      for (int from = 0, to = at; from < x.length; from += run, to += inner) {
        System.arraycopy(x, from, out, to, run);
      }
      at += run;
    }
    return out;
  }

  /** Number of elements of some axes. */
  static int size(int[] shape, int from, int to) {
    int size = 1;
    for (int axis = from; axis < to; axis++) {
      size *= shape[axis];
    }
    return size;
  }

  /** Split: lengths as an attribute before opset 13, as an operand since; equal parts if neither. */
  static List<Result> split(Call call) {
    int[] shape = call.shape(0);
    int axis = call.axis(shape.length, 0);
    int parts = call.node().outputs().size();
    int[] lengths =
        call.has(1)
            ? call.integers(1)
            : call.attributes().integers("split", even(shape[axis], parts));
    boolean whole =
        lengths.length == parts
            && Arrays.stream(lengths).allMatch(l -> l >= 0)
            && Arrays.stream(lengths).sum() == shape[axis];
    call.require(whole, "parts must fill the axis: " + Arrays.toString(lengths), shape);
    List<Result> results = new ArrayList<>();
    int[] steps = steps(shape);
    int start = 0;
    for (int length : lengths) {
      int[] part = shape.clone();
      part[axis] = length;
      int offset = start * steps[axis];
      results.add(
          new Result(
              call.type(0), part, () -> strided(call.values(0), offset, steps, part), false));
      start += length;
    }
    return results;
  }

  /** Parts of equal length; the last is shorter where the length does not divide. */
  private static int[] even(int length, int parts) {
    int[] lengths = new int[parts];
    int each = (length + parts - 1) / parts;
    for (int i = 0; i < parts; i++) {
      lengths[i] = Math.max(0, Math.min(each, length - i * each));
    }
    return lengths;
  }

  static List<Result> tile(Call call) {
    int[] x = call.shape(0);
    int[] repeats = call.integers(1);
    boolean valid = repeats.length == x.length && Arrays.stream(repeats).allMatch(r -> r >= 0);
    call.require(valid, "repeats must number as many as axes", x);
    int[] shape = IntStream.range(0, x.length).map(i -> x[i] * repeats[i]).toArray();
    return Result.one(
        call.type(0),
        shape,
        () -> {
          double[] source = call.values(0);
          int[] steps = steps(x);
          double[] out = new double[Tensor.size(shape)];
          for (int i = 0; i < out.length; i++) {
            out[i] = source[wrapped(i, shape, x, steps)];
          }
          return out;
        });
  }

  private static int wrapped(int index, int[] shape, int[] x, int[] steps) {
    int from = 0;
    int rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      from += rest % shape[axis] % x[axis] * steps[axis];
      rest /= shape[axis];
    }
    return from;
  }

  /** Pad: with a constant, the edge, a reflection or around. */
  static List<Result> pad(Call call) {
    int[] x = call.shape(0);
    int[] pads = pads(call, x.length);
    String mode = call.attributes().text("mode", "constant");
    boolean known = List.of("constant", "edge", "reflect", "wrap").contains(mode);
    call.require(known, "mode must be constant, edge, reflect or wrap: " + mode);
    int[] shape =
        IntStream.range(0, x.length).map(i -> x[i] + pads[i] + pads[x.length + i]).toArray();
    call.require(Arrays.stream(shape).allMatch(l -> l >= 0), "pads must leave something", x, pads);
    return Result.one(call.type(0), shape, () -> padded(call, pads, mode, shape));
  }

  private static int[] pads(Call call, int rank) {
    int[] given = given(call, 1, "pads");
    if (!call.has(3)) {
      call.require(given.length == 2 * rank, "pads must be two an axis", given);
      return given;
    }
    int[] axes = call.normalized(call.integers(3), rank);
    call.require(given.length == 2 * axes.length, "pads must be two an axis", given);
    int[] pads = new int[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      pads[axes[i]] = given[i];
      pads[rank + axes[i]] = given[axes.length + i];
    }
    return pads;
  }

  private static double[] padded(Call call, int[] pads, String mode, int[] shape) {
    int[] x = call.shape(0);
    int[] steps = steps(x);
    double constant = call.has(2) ? call.values(2)[0] : call.attributes().real("value", 0);
    double[] source = call.values(0);
    double[] out = new double[Tensor.size(shape)];
    for (int i = 0; i < out.length; i++) {
      int from = 0;
      boolean inside = true;
      int rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        int place = rest % shape[axis] - pads[axis];
        rest /= shape[axis];
        inside &= place >= 0 && place < x[axis];
        from += mirrored(place, x[axis], mode) * steps[axis];
      }
      out[i] = inside || !mode.equals("constant") ? source[from] : constant;
    }
    return out;
  }

  private static int mirrored(int place, int length, String mode) {
    return switch (mode) {
      case "edge" -> Math.max(0, Math.min(length - 1, place));
      case "wrap" -> Math.floorMod(place, length);
      case "reflect" -> {
        int period = Math.max(1, 2 * (length - 1));
        int within = Math.floorMod(place, period);
        yield within < length ? within : period - within;
      }
      default -> place >= 0 && place < length ? place : 0;
    };
  }

  /** DepthToSpace: blocks of channels become pixels. */
  static List<Result> depthToSpace(Call call) {
    int[] x = call.shape(0);
    int b = call.attributes().integer("blocksize", 0);
    call.require(x.length == 4 && b > 0 && x[1] % (b * b) == 0, "blocks must divide channels", x);
    boolean columnsFirst = call.attributes().text("mode", "DCR").equals("CRD");
    int c = x[1] / (b * b);
    int[] apart =
        columnsFirst
            ? new int[] {x[0], c, b, b, x[2], x[3]}
            : new int[] {x[0], b, b, c, x[2], x[3]};
    int[] order = columnsFirst ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    return Result.one(
        call.type(0),
        new int[] {x[0], c, x[2] * b, x[3] * b},
        () -> transposed(call.values(0), apart, order));
  }

  /** SpaceToDepth: blocks of pixels become channels. */
  static List<Result> spaceToDepth(Call call) {
    int[] x = call.shape(0);
    int b = call.attributes().integer("blocksize", 0);
    boolean fits = x.length == 4 && b > 0 && x[2] % b == 0 && x[3] % b == 0;
    call.require(fits, "blocks must divide images", x);
    int[] apart = {x[0], x[1], x[2] / b, b, x[3] / b, b};
    return Result.one(
        call.type(0),
        new int[] {x[0], x[1] * b * b, x[2] / b, x[3] / b},
        () -> transposed(call.values(0), apart, new int[] {0, 3, 5, 1, 2, 4}));
  }
}
