// Carry-propagate adder; wraps. A module of its own, so that synthesis does not merge it with the
// multiplier before it into one compressor tree without carry chains. Yosys hands y to an FPGA's carry
// chain as it is; gates in front of x join the lookup tables of the sum.
module adder #(
  parameter BITS = 8
) (
  input  [BITS-1:0] x,
  input  [BITS-1:0] y,
  output [BITS-1:0] sum
);
  assign sum = x + y;
endmodule
