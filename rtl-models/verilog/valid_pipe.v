// Carries "a pass starts here" beside the data: result_valid rises LATENCY cycles after the clock edge
// that took the first operands of the pass into their registers.
module valid_pipe #(
  parameter LATENCY = 1
) (
  input  clk,
  input  reset,
  input  valid,
  output result_valid
);
  reg [LATENCY:0] stage;
  always @(posedge clk) stage <= reset ? {(LATENCY + 1){1'b0}} : {stage[LATENCY-1:0], valid};
  assign result_valid = stage[LATENCY];
endmodule
