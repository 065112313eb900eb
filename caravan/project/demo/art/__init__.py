"""Pictures of the demo world, drawn by functions: products in their colours, and the marks and banners of stores."""
