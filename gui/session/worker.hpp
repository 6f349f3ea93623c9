#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace peerscape::gui {

/// A thread that does one task after the other, in the order they were given.
class Worker {
  public:
    using Task = std::function<void()>;

    Worker();
    /// Tasks that have not begun are not done; the one under way is waited for.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Task task);
    bool isIdle() const;
    /// Until every task given so far is done.
    void waitUntilIdle();

  private:
    void work();

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    bool isWorking_ = false;
    bool isEnding_ = false;
    std::thread thread_;  ///< last: it begins with everything else in place
};

}  // namespace peerscape::gui
