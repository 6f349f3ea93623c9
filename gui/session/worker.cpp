#include "gui/session/worker.hpp"

#include <utility>

namespace peerscape::gui {

Worker::Worker() : thread_([this] { work(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        tasks_.clear();
        isEnding_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Worker::post(Task task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    changed_.notify_all();
}

bool Worker::isIdle() const {
    const std::lock_guard lock(mutex_);
    return tasks_.empty() && !isWorking_;
}

void Worker::waitUntilIdle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return tasks_.empty() && !isWorking_; });
}

void Worker::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return isEnding_ || !tasks_.empty(); });
        if (isEnding_) return;
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        isWorking_ = true;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        isWorking_ = false;
        changed_.notify_all();
    }
}

}  // namespace peerscape::gui
