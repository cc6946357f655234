// writer.cpp - writes to stdout and stderr by all means; configured with "crash", it crashes then.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "guest.hpp"

namespace {

void write_to(int file, std::string_view text) {
    if (write(file, text.data(), text.size()) < 0) throw std::runtime_error("write has failed");
}

class Writer : public Guest {
  public:
    explicit Writer(const batsched::Context& context)
        : Guest(context), crashes_(std::string_view(context.init.config) == "crash") {}

  private:
    void work() override {
        std::printf("printf %d\n", ++batch_);
        std::fputs("stderr\n", stderr);
        std::puts("puts");
        std::cerr << "cerr\n";
        write_to(STDOUT_FILENO, "write\n");
        std::cout << "cout " << batch_ << std::endl;
        std::clog << "clog" << std::endl;
        std::fputc('.', stderr);
        write_to(STDERR_FILENO, "write\n");
        if (std::system("echo shell; echo shell >&2") != 0) throw std::runtime_error("no shell");
        std::cout << "end of " << batch_ << ' ';
        if (crashes_) std::abort();
    }

    bool crashes_;
    int batch_ = 0;
};

} // namespace

BATSCHED_PLUGIN(Writer, "writer", "1.0.0", "Writes by all means");
