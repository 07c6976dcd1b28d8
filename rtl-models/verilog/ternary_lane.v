// An integer times a weight of -1, 0 or 1, coded as two's complement of two bits: negated, blocked or
// let pass.
module ternary_lane #(
  parameter A_BITS   = 8,
  parameter A_SIGNED = 1
) (
  input  [A_BITS-1:0] a,
  input  [1:0]        weight,
  output [A_BITS:0]   term
);
  wire [A_BITS:0] wide;
  resize #(.FROM(A_BITS), .TO(A_BITS + 1), .SIGNED(A_SIGNED)) widen (.number(a), .resized(wide));
  wire negative = weight[1];
  wire present  = weight[0];
  wire [A_BITS:0] passed = wide & {(A_BITS + 1){present}};
  assign term = (passed ^ {(A_BITS + 1){negative}}) + negative;
endmodule
