import batsched


class Base(batsched.Scheduler):
    pass


class Mine(Base):
    pass
